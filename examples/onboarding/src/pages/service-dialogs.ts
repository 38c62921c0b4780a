import { dialog } from './dialog.ts';
import { html, type Fragment } from './html.ts';

/** The dialogs about numbers in service. */
export function serviceDialogs(): Fragment {
  return [attachDialog, serviceDialog];
}

const attachDialog = dialog({
  name: 'attach',
  title: 'Put on an account',
  content: html`<p class="small nobody" hidden>
      No customer has an account yet. Once somebody has signed up, their account can get more numbers.
    </p>
    <form class="fields attach">
      <label for="account-field">Account</label>
      <select id="account-field" name="wabaId" required aria-describedby="account-hint"></select>
      <p class="hint" id="account-hint">The number goes into service there, without Meta’s window.</p>
      <label for="name-field">Display name</label>
      <input
        id="name-field"
        name="verifiedName"
        minlength="2"
        maxlength="75"
        autocomplete="off"
        required
        aria-describedby="name-hint"
      />
      <p class="hint" id="name-hint">What people see in WhatsApp. Meta reviews it.</p>
      <button class="button">Put on account</button>
    </form>`,
});

const serviceDialog = dialog({
  name: 'service',
  title: 'In service',
  content: html`<dl class="facts"></dl>
    <div class="answers when-known" hidden>
      <form class="check"><button class="quiet">Switch identity check on</button></form>
      <form class="refresh"><button class="quiet">Ask Meta now</button></form>
    </div>
    <h3 id="changes-title">What changed</h3>
    <div class="scroll" role="region" aria-labelledby="changes-title" tabindex="0" hidden>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Who</th>
          </tr>
        </thead>
        <tbody></tbody>
      </table>
    </div>
    <p class="small no-changes" hidden>Nothing yet.</p>`,
});
