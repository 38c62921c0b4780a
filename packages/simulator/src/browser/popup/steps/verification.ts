import { enterSignupCode } from '../../../signup/signup-code.ts';
import { displayPhoneNumber } from '../../../phone/phone-number.ts';
import { poolNumber } from '../../../world/numbers/number-lookup.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import { codeProblem, sendCode } from '../codes.ts';
import type { Dialog } from '../dialog.ts';
import { html } from '../page/html.ts';
import { questionPage } from '../page/question-page.ts';
import type { Step } from '../step.ts';

/** The one-time code sent to the number: the customer's own, or a pool number whose verification lapsed. */
export const verification: Step = {
  currentStep: 'PHONE_NUMBER_VERIFICATION',
  back: () => 'number',

  screen(simulation, dialog) {
    const digits = digitsOfChoice(simulation, dialog);
    const newest = simulation.world.inbox.findLast(({ to }) => to === `+${digits}`);
    // Not to be broken over two lines.
    const written =
      digits === undefined ? 'this number' : displayPhoneNumber(digits).replaceAll(' ', '\u00a0');
    return questionPage(simulation, dialog, {
      name: 'verification',
      title: 'Verify your number',
      intro:
        dialog.number?.kind === 'own'
          ? `We sent a text message with a 6-digit code to ${written}.`
          : `The verification of ${written} has lapsed. A new code went to your provider: ask them for it.`,
      proceed: 'Continue',
      canGoBack: true,
      aside: html`<p class="aside">
        <button class="link" name="action" value="resend" formnovalidate>Send a new code</button>
        ${
          dialog.launch.features.mayFinishUnverified &&
          html`<button class="link" name="action" value="skip" formnovalidate>Skip for now</button>`
        }
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
    const digits = digitsOfChoice(simulation, dialog);
    if (digits === undefined) {
      dialog.problem = 'Sorry, this number is no longer available. Please choose another one.';
      dialog.step = 'number';
      return;
    }
    if (form['action'] === 'resend') {
      sendCode(simulation, dialog, digits);
      return;
    }
    if (form['action'] === 'skip' && dialog.launch.features.mayFinishUnverified) {
      dialog.unverified = true;
      dialog.step = 'review';
      return;
    }
    const outcome = enterSignupCode(momentOf(simulation), digits, form['code'] ?? '');
    if (outcome !== 'right') {
      dialog.problem = codeProblem(simulation, outcome);
      return;
    }
    dialog.codeEntered = true;
    dialog.step = 'review';
  },
};

/** Undefined when the chosen pool number was claimed by somebody else in the meantime. */
function digitsOfChoice(simulation: Simulation, { number }: Dialog): string | undefined {
  if (number?.kind === 'own') return number.digits;
  return number?.kind === 'preverified' ? poolNumber(momentOf(simulation), number.id)?.digits : undefined;
}
