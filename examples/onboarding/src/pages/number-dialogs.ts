import { dialog } from './dialog.ts';
import { html, type Fragment } from './html.ts';

/** The dialogs about numbers of the pool. The page's script opens a copy of one, and fills it. */
export function numberDialogs(): Fragment {
  return [addDialog, verifyDialog, shareDialog, deleteDialog, detailsDialog];
}

const addDialog = dialog({
  name: 'add',
  title: 'Add numbers',
  content: html`<form class="fields">
      <label for="numbers-field">Phone numbers, one per line</label>
      <textarea
        id="numbers-field"
        name="numbers"
        rows="4"
        required
        autofocus
        aria-describedby="numbers-hint"
      ></textarea>
      <p class="hint" id="numbers-hint">They must be able to receive a text or a call.</p>
      <label for="country-field">Country of numbers without +</label>
      <input
        id="country-field"
        name="country"
        pattern="[A-Za-z]{2}"
        title="Two letters, such as GB"
        maxlength="2"
        autocomplete="off"
        aria-describedby="country-hint"
      />
      <p class="hint" id="country-hint">Two letters, such as GB for 020 7946 0018. May stay empty.</p>
      <button class="button">Add</button>
    </form>
    <ul class="results"></ul>`,
});

const verifyDialog = dialog({
  name: 'verify',
  title: 'Verify',
  content: html`<div class="by-hand">
    <form class="fields request">
      <fieldset>
        <legend>1. Have Meta send a code</legend>
        <label class="one-line"><input type="radio" name="method" value="SMS" checked /> By text</label>
        <label class="one-line"><input type="radio" name="method" value="VOICE" /> By voice call</label>
      </fieldset>
      <button class="button">Request code</button>
    </form>
    <form class="fields submit">
      <label for="code-field">2. Type the code</label>
      <input
        id="code-field"
        name="code"
        inputmode="numeric"
        maxlength="9"
        autocomplete="one-time-code"
        required
      />
      <button class="button">Verify</button>
    </form>
  </div>`,
});

const shareDialog = dialog({
  name: 'share',
  title: 'Share',
  content: html`<form class="partners">
      <p class="small nobody" hidden>Shared with nobody.</p>
      <ul></ul>
    </form>
    <form class="fields share">
      <label for="business-field">Meta’s business id of a partner</label>
      <input
        id="business-field"
        name="businessId"
        inputmode="numeric"
        autocomplete="off"
        required
        aria-describedby="business-hint"
      />
      <p class="hint" id="business-hint">
        Partners of your Multi-Partner Solution can offer the number to their customers, too. It stays yours.
      </p>
      <button class="button">Share</button>
    </form>`,
});

const deleteDialog = dialog({
  name: 'delete',
  title: 'Delete',
  content: html`<p class="question">Meta takes the number out of the pool for good. Delete it?</p>
    <div class="answers">
      <form method="dialog"><button class="quiet keep" autofocus>Keep it</button></form>
      <form class="delete"><button class="button danger">Delete</button></form>
    </div>`,
});

const detailsDialog = dialog({
  name: 'details',
  title: 'Number',
  content: html`<dl class="facts"></dl>
    <h3 id="calls-title">Calls to Meta about it</h3>
    <div class="scroll" role="region" aria-labelledby="calls-title" tabindex="0" hidden>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody></tbody>
      </table>
    </div>
    <p class="small no-calls" hidden>None yet.</p>`,
});
