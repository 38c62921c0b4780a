import type { SignupChoices, SignupRefusal } from '../../signup/signup-choices.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { FinishKind } from '../../world/world-event.ts';
import { existingAccount } from './accounts.ts';
import type { Dialog, QuestionName } from './dialog.ts';
import { skipsNumber } from './path.ts';

/** Where a customer can do something about a refusal, and what they are told there. */
const REFUSALS: Readonly<Record<SignupRefusal, { readonly step: QuestionName; readonly problem: string }>> = {
  'number-unavailable': {
    step: 'number',
    problem:
      'Sorry, this number is no longer available: somebody else has just taken it. Please choose another one.',
  },
  'needs-code': {
    step: 'number',
    problem: 'The verification of this number has just lapsed. Choose it again to get a code.',
  },
  'too-many-customers': {
    step: 'review',
    problem:
      'Your provider cannot take on more businesses this week. Nothing was changed; try again in a few days.',
  },
  'account-unavailable': {
    step: 'business',
    problem: 'Sorry, this WhatsApp Business account is no longer available. Please choose another business.',
  },
};

/** Everything that was decided on the screens; undefined when a screen was left out. */
export function choicesOf({ world }: Simulation, dialog: Dialog): SignupChoices | undefined {
  const { person, business, codeEntered, unverified, launch } = dialog;
  const number = skipsNumber(launch) ? ({ kind: 'none' } as const) : dialog.number;
  if (person === undefined || business === undefined || number === undefined) return undefined;
  return {
    person,
    business,
    number,
    finish: launch.features.appOnly ? 'FINISH_GRANT_ONLY_API_ACCESS' : finishWith(number.kind),
    accountId: existingAccount(world, dialog)?.id,
    codeEntered,
    unverified,
    displayName: launch.prefill.displayName,
    redirectUri: launch.redirectUri,
    byRedirect: launch.returnTo !== undefined,
  };
}

/** Leads back to where something can be done about it. */
export function tellRefusal(dialog: Dialog, refusal: SignupRefusal): void {
  const { step, problem } = REFUSALS[refusal];
  dialog.problem = problem;
  dialog.step = step;
}

function finishWith(number: SignupChoices['number']['kind']): FinishKind {
  if (number === 'none') return 'FINISH_ONLY_WABA';
  return number === 'business-app' ? 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' : 'FINISH';
}
