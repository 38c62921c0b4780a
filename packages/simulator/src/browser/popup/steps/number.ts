import { parsePhoneNumber } from '../../../phone/phone-number.ts';
import { offeredNumbers, type OfferedNumber } from '../../../signup/offered-numbers.ts';
import { isNumberTaken } from '../../../world/numbers/number-lookup.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import { sendCode } from '../codes.ts';
import type { Dialog } from '../dialog.ts';
import { BUSINESS_APP, numberFields, OWN, WITHOUT } from '../number-fields.ts';
import { questionPage } from '../page/question-page.ts';
import type { Step } from '../step.ts';

/** Which number: a pre-verified one that is offered and still free, the customer's own, or what the launch allows beside. */
export const number: Step = {
  currentStep: 'PHONE_NUMBER_SETUP',
  back: () => 'business',

  screen(simulation, dialog) {
    const offered = offeredTo(simulation, dialog);
    return questionPage(simulation, dialog, {
      name: 'number',
      title: 'Choose your number',
      intro: introFor(offered.length, dialog),
      proceed: 'Continue',
      canGoBack: true,
      fields: numberFields(offered, dialog),
    });
  },

  submit(simulation, dialog, form) {
    const { features } = dialog.launch;
    const chosen = form['number'];
    dialog.codeEntered = false;
    dialog.unverified = false;
    if (chosen === OWN) {
      takeOwn(simulation, dialog, form['ownNumber'] ?? '');
    } else if (chosen === BUSINESS_APP && features.coexistence) {
      takeBusinessApp(simulation, dialog, form['businessAppNumber'] ?? '');
    } else if (chosen === WITHOUT && features.mayFinishWithoutNumber) {
      dialog.number = { kind: 'none' };
      dialog.step = 'review';
    } else {
      takeOffered(simulation, dialog, chosen);
    }
  },
};

function introFor(offered: number, { launch }: Dialog): string {
  if (offered > 0) return 'Use a number from your provider, or bring one of your own.';
  return launch.features.coexistence
    ? 'Connect the number of your WhatsApp Business app, or add another one.'
    : 'Add a phone number to use with WhatsApp. It must not be in use there already.';
}

function offeredTo(simulation: Simulation, { launch }: Dialog): OfferedNumber[] {
  const showAll = simulation.settings.assumptions.preverifiedIdsShown === 'all';
  return offeredNumbers({ ...momentOf(simulation), showAll }, launch.prefill.preverifiedIds);
}

function takeOffered(simulation: Simulation, dialog: Dialog, id: string | undefined): void {
  const offered = offeredTo(simulation, dialog).find(({ number: { id: other } }) => other === id);
  if (offered === undefined) {
    dialog.problem = 'This number is no longer available. Please choose another one.';
    return;
  }
  dialog.number = { kind: 'preverified', id: offered.number.id };
  if (offered.needsCode) askForCode(simulation, dialog, offered.number.digits);
  else dialog.step = 'review';
}

function takeOwn(simulation: Simulation, dialog: Dialog, text: string): void {
  const digits = freeNumber(simulation, dialog, text);
  if (digits === undefined) return;
  dialog.number = { kind: 'own', digits };
  askForCode(simulation, dialog, digits);
}

/** The app proves that it is theirs, by a QR code that nobody scans here: no code is sent. */
function takeBusinessApp(simulation: Simulation, dialog: Dialog, text: string): void {
  const digits = freeNumber(simulation, dialog, text);
  if (digits === undefined) return;
  dialog.number = { kind: 'business-app', digits };
  dialog.step = 'review';
}

function freeNumber(simulation: Simulation, dialog: Dialog, text: string): string | undefined {
  const digits = parsePhoneNumber(text);
  if (digits === undefined) {
    dialog.problem = 'Enter your phone number with its country code, for example +1 555 010 1234.';
    return undefined;
  }
  if (isNumberTaken(momentOf(simulation), digits)) {
    dialog.problem = 'This number is already in use. Please enter another one.';
    return undefined;
  }
  return digits;
}

function askForCode(simulation: Simulation, dialog: Dialog, digits: string): void {
  dialog.step = 'verification';
  sendCode(simulation, dialog, digits);
}
