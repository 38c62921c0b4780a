import { dialog } from './dialog.ts';
import { html, type Fragment } from './html.ts';

/** The dialogs about claims that need a person. For a code they have the same one as numbers of the pool. */
export function claimDialogs(): Fragment {
  return [retryDialog, dismissDialog];
}

const retryDialog = dialog({
  name: 'retry',
  title: 'Try again',
  content: html`<p class="why"></p>
    <p class="hint">The kit asks Meta anew, and goes on from there.</p>
    <form class="fields retry"><button class="button" autofocus>Try again</button></form>`,
});

const dismissDialog = dialog({
  name: 'dismiss',
  title: 'Dismiss',
  content: html`<p>
      Nothing more is done for this sign-up, and it cannot be taken up again. The customer reads that it was
      closed, and can begin a new one.
    </p>
    <p class="hint">
      A number of the pool that was only set aside for it becomes free. One that Meta has put on the
      customer’s account stays there.
    </p>
    <form class="fields dismiss" id="dismiss-form">
      <label for="reason-field">Why (optional)</label>
      <input
        id="reason-field"
        name="reason"
        maxlength="500"
        autocomplete="off"
        aria-describedby="reason-hint"
      />
      <p class="hint" id="reason-hint">For the history of the claim. The customer does not see it.</p>
    </form>
    <div class="answers">
      <form method="dialog"><button class="quiet keep" autofocus>Keep it</button></form>
      <button class="button danger" form="dismiss-form">Dismiss</button>
    </div>`,
});
