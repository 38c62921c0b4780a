import { displayPhoneNumber } from '../../../phone/phone-number.ts';
import { poolNumber } from '../../../world/number-lookup.ts';
import { sendOneTimeCode } from '../../../world/send-one-time-code.ts';
import { useOneTimeCode } from '../../../world/use-one-time-code.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import type { Dialog } from '../dialog.ts';
import { html } from '../html.ts';
import { questionPage } from '../layout.ts';
import type { Step } from '../step.ts';

/** The one-time code sent to the number: the customer's own, or a pool number whose verification lapsed. */
export const verification: Step = {
  currentStep: 'PHONE_NUMBER_VERIFICATION',
  back: 'number',

  screen(simulation, dialog) {
    const digits = digitsOfChoice(simulation, dialog);
    const newest = simulation.world.inbox.findLast(({ to }) => to === `+${digits}`);
    const written = digits === undefined ? 'this number' : displayPhoneNumber(digits);
    return questionPage({
      name: 'verification',
      title: 'Verify your number',
      position: 3,
      intro:
        dialog.number?.kind === 'own'
          ? `We sent a text message with a 6-digit code to ${written}.`
          : `The verification of ${written} has lapsed. A new code went to your provider: ask them for it.`,
      dialog,
      proceed: 'Continue',
      canGoBack: true,
      aside: html`<p class="resend">
        <button class="link" name="action" value="resend" formnovalidate>Send a new code</button>
      </p>`,
      fields: html`<label for="code">6-digit code</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength="7"
          required
          autofocus
          ${dialog.problem !== undefined && html`aria-invalid="true" aria-describedby="problem"`}
        />
        ${
          newest !== undefined &&
          html`<p class="demo" data-testid="demo-code">
            Only in the simulator: the message was “${newest.text}”.
          </p>`
        }`,
    });
  },

  submit(simulation, dialog, form) {
    const moment = momentOf(simulation);
    const digits = digitsOfChoice(simulation, dialog);
    if (digits === undefined) {
      dialog.problem = 'Sorry, this number is no longer available. Please choose another one.';
      dialog.step = 'number';
      return;
    }
    if (form['action'] === 'resend') {
      sendOneTimeCode(moment, { digits, method: 'SMS', language: 'en_US' });
      return;
    }
    // The text shows the code as 123-456; people type it with and without the hyphen.
    const code = (form['code'] ?? '').replace(/[\s-]/g, '');
    const outcome = useOneTimeCode(moment, { digits, code });
    if (outcome !== 'right') {
      dialog.problem =
        outcome === 'late'
          ? 'This code has expired. Send a new one.'
          : 'This is not the right code. Check it and try again.';
      return;
    }
    dialog.codeEntered = true;
    dialog.step = 'review';
  },
};

/** Undefined when the chosen pool number was claimed by somebody else in the meantime. */
function digitsOfChoice(simulation: Simulation, { number }: Dialog): string | undefined {
  if (number?.kind === 'own') return number.digits;
  return poolNumber(momentOf(simulation), number?.id ?? '')?.digits;
}
