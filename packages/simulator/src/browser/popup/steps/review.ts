import { displayPhoneNumber } from '../../../phone/phone-number.ts';
import { finishSignup, type SignupRefusal } from '../../../signup/finish-signup.ts';
import { finishMessage } from '../../../signup/session-log.ts';
import { momentOf, type Simulation } from '../../../world/simulation.ts';
import type { Dialog } from '../dialog.ts';
import { html } from '../html.ts';
import { questionPage } from '../layout.ts';
import type { Step } from '../step.ts';

const PROBLEMS: Readonly<Record<SignupRefusal, string>> = {
  'number-unavailable':
    'Sorry, this number is no longer available: somebody else has just taken it. Please choose another one.',
  'needs-code': 'The verification of this number has just lapsed. Choose it again to get a code.',
};

/** What was chosen and what is granted; Finish does it all at once. */
export const review: Step = {
  currentStep: 'PERMISSIONS',
  back: 'number',

  screen(simulation, dialog) {
    const business = businessName(simulation, dialog);
    const rows = [
      ['Person', dialog.person?.name ?? ''],
      ['Business portfolio', business],
      ['WhatsApp display name', dialog.launch.displayName ?? business],
      ['Phone number', phoneNumber(simulation, dialog)],
    ] as const;
    return questionPage({
      name: 'review',
      title: 'Review and finish',
      position: 4,
      intro: 'A WhatsApp Business account is created and shared with the app of your provider.',
      dialog,
      proceed: 'Finish',
      canGoBack: true,
      fields: html`<dl>
          ${rows.map(
            ([term, value]) =>
              html`<dt>${term}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
        <h2>The app will be allowed to</h2>
        <ul>
          <li>Manage your WhatsApp Business account</li>
          <li>Send and receive WhatsApp messages for it</li>
        </ul>`,
    });
  },

  submit(simulation, dialog) {
    const { person, business, number } = dialog;
    if (person === undefined || business === undefined || number === undefined) {
      dialog.step = 'log-in';
      return;
    }
    const { displayName, redirectUri } = dialog.launch;
    const { codeEntered } = dialog;
    const choices = { person, business, number, codeEntered, displayName, redirectUri };
    const finished = finishSignup(momentOf(simulation), choices);
    if (typeof finished === 'string') {
      dialog.problem = PROBLEMS[finished];
      dialog.step = 'number';
      return;
    }
    dialog.handOver = { messages: [finishMessage(finished)], code: finished.code };
    dialog.step = 'finished';
  },
};

function businessName({ world }: Simulation, { business }: Dialog): string {
  if (business?.kind === 'new') return business.name;
  return world.businesses.get(business?.id ?? '')?.name ?? '';
}

function phoneNumber({ world }: Simulation, { number }: Dialog): string {
  if (number?.kind === 'own') return displayPhoneNumber(number.digits);
  const preverified = world.preverifiedNumbers.get(number?.id ?? '');
  return preverified === undefined ? 'No longer available' : displayPhoneNumber(preverified.digits);
}
