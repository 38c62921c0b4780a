import { displayPhoneNumber, parsePhoneNumber } from '../../../phone/phone-number.ts';
import { offeredNumbers, type OfferedNumber } from '../../../signup/offered-numbers.ts';
import { isNumberTaken } from '../../../world/number-lookup.ts';
import { sendOneTimeCode } from '../../../world/send-one-time-code.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import type { Dialog } from '../dialog.ts';
import { html, type Html } from '../html.ts';
import { choice, questionPage } from '../layout.ts';
import type { Step } from '../step.ts';

const OWN = 'own';

/** Which number: a pre-verified one that is offered and still free, or the customer's own. */
export const number: Step = {
  currentStep: 'PHONE_NUMBER_SETUP',
  back: 'business',

  screen(simulation, dialog) {
    const offered = offeredTo(simulation, dialog);
    return questionPage({
      name: 'number',
      title: 'Choose your number',
      position: 3,
      intro:
        offered.length === 0
          ? 'Add a phone number to use with WhatsApp. It must not be in use there already.'
          : 'Use a number from your provider, or bring one of your own.',
      dialog,
      proceed: 'Continue',
      canGoBack: true,
      fields: options(offered, dialog),
    });
  },

  submit(simulation, dialog, form) {
    dialog.codeEntered = false;
    const chosen = form['number'];
    if (chosen === OWN) {
      takeOwn(simulation, dialog, form['ownNumber'] ?? '');
      return;
    }
    const offered = offeredTo(simulation, dialog).find(({ number: { id } }) => id === chosen);
    if (offered === undefined) {
      dialog.problem = 'This number is no longer available. Please choose another one.';
      return;
    }
    dialog.number = { kind: 'preverified', id: offered.number.id };
    askForCodeOrReview(simulation, dialog, offered.needsCode ? offered.number.digits : undefined);
  },
};

function offeredTo(simulation: Simulation, { launch }: Dialog): OfferedNumber[] {
  const showAll = simulation.settings.assumptions.preverifiedIdsShown === 'all';
  return offeredNumbers({ ...momentOf(simulation), showAll }, launch.preverifiedIds);
}

function options(offered: readonly OfferedNumber[], dialog: Dialog): Html {
  const earlier = dialog.number?.kind === 'preverified' ? dialog.number.id : dialog.number?.kind;
  const wanted = dialog.typed['number'] ?? earlier;
  const known = wanted === OWN || offered.some(({ number: { id } }) => id === wanted);
  const chosen = known ? wanted : (offered[0]?.number.id ?? OWN);
  return html`<fieldset>
      <legend>Phone number</legend>
      ${offered.map(({ number: { id, digits }, needsCode }) =>
        choice({
          name: 'number',
          value: id,
          label: displayPhoneNumber(digits),
          detail: needsCode
            ? 'From your provider. Needs a verification code.'
            : 'From your provider. Already verified.',
          checked: id === chosen,
        }),
      )}
      ${choiceOfOwn(chosen === OWN)}
    </fieldset>
    <div class="revealed-by-own">${ownField(dialog)}</div>`;
}

function choiceOfOwn(checked: boolean): Html {
  const detail = 'We send a verification code to it.';
  return choice({ name: 'number', value: OWN, label: 'Use my own number', detail, checked });
}

function ownField({ typed, number: chosen }: Dialog): Html {
  const earlier = chosen?.kind === 'own' ? displayPhoneNumber(chosen.digits) : '';
  return html`<label for="ownNumber">Your phone number</label>
    <input
      id="ownNumber"
      name="ownNumber"
      type="tel"
      value="${typed['ownNumber'] ?? earlier}"
      autocomplete="tel"
      aria-describedby="ownNumber-hint"
    />
    <p class="hint" id="ownNumber-hint">With its country code, for example +1 555 010 1234.</p>`;
}

function takeOwn(simulation: Simulation, dialog: Dialog, text: string): void {
  const digits = parsePhoneNumber(text);
  if (digits === undefined) {
    dialog.problem = 'Enter your phone number with its country code, for example +1 555 010 1234.';
    return;
  }
  if (isNumberTaken(momentOf(simulation), digits)) {
    dialog.problem = 'This number is already in use. Please enter another one.';
    return;
  }
  dialog.number = { kind: 'own', digits };
  askForCodeOrReview(simulation, dialog, digits);
}

function askForCodeOrReview(simulation: Simulation, dialog: Dialog, digits: string | undefined): void {
  dialog.step = digits === undefined ? 'review' : 'verification';
  if (digits === undefined) return;
  sendOneTimeCode(momentOf(simulation), { digits, method: 'SMS', language: 'en_US' });
}
