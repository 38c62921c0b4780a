import { parsePhoneNumber } from '../phone/phone-number.ts';
import type { SessionLogForm } from '../settings/settings.ts';
import type { Person } from '../world/businesses/business.ts';
import { poolNumber } from '../world/numbers/number-lookup.ts';
import { newestAccountOf } from '../world/businesses/newest-account.ts';
import { verificationStatusOf } from '../world/numbers/preverified-number.ts';
import type { Moment } from '../world/simulation.ts';
import type { FinishKind } from '../world/world-event.ts';
import { enterCodeOf } from './enter-code.ts';
import { finishSignup } from './finish-signup.ts';
import { offeredNumbers } from './offered-numbers.ts';
import { cancelMessage, finishMessage, problemMessage } from './session-log.ts';
import {
  SignUpImpossibleError,
  type SignUpOutcome,
  type SignUpRequest,
  type SignUpResult,
} from './sign-up-request.ts';
import type { NumberChoice, SignupChoices, SignupRefusal } from './signup-choices.ts';
import { signupRefusal } from './signup-refusal.ts';

interface Deps extends Moment {
  /** Whether the popup offers every id it is given, not the first one only. */
  readonly showAll: boolean;
  /** The form of messages when the request names none. */
  readonly form: SessionLogForm;
}

type Ending = Exclude<SignUpOutcome, 'cancel' | 'error' | 'closed'>;

const FINISH: Readonly<Record<Ending, FinishKind>> = {
  finish: 'FINISH',
  unverified: 'FINISH',
  closed_on_last_screen: 'FINISH',
  only_waba: 'FINISH_ONLY_WABA',
  coexistence: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  obo_migration: 'FINISH_OBO_MIGRATION',
  app_only: 'FINISH_GRANT_ONLY_API_ACCESS',
};

const REFUSALS: Readonly<Record<SignupRefusal, string>> = {
  'number-unavailable': 'This number is no longer available.',
  'needs-code': 'This number needs a code.',
  'too-many-customers':
    'The partner has onboarded as many new customers in 7 days as it may (onboardingsPerWeek).',
  'account-unavailable':
    'accountId is no account of this business: give the person or businessName it belongs to.',
};

/** Plays a sign-up with the rules of the popup. Throws SignUpImpossibleError; nothing has happened then. */
export function signUp(deps: Deps, request: SignUpRequest): SignUpResult {
  const { outcome = 'finish', form = deps.form } = request;
  if (outcome === 'closed') return { messages: [] };
  if (outcome === 'cancel') return { messages: [cancelMessage(request.step ?? 'PHONE_NUMBER_SETUP', form)] };
  if (outcome === 'error') return { messages: [reportOf(deps, request, form)] };

  if (form === 'v2' && (outcome === 'unverified' || outcome === 'only_waba'))
    throw new SignUpImpossibleError(`v2 has no end state ${outcome}: it came with v3.`);
  const choices = choicesOf(deps, request, outcome);
  const refusal = signupRefusal(deps, choices);
  if (refusal !== undefined) throw new SignUpImpossibleError(REFUSALS[refusal]);
  if (choices.codeEntered) enterCodeOf(deps, choices.number);
  const finished = finishSignup(deps, choices);
  if (typeof finished === 'string') throw new SignUpImpossibleError(REFUSALS[finished]);
  const { person } = choices;
  if (person.key !== '') deps.world.people.set(person.key, person);

  const namesNumber = deps.assumptions.partialFinishNamesNumber;
  const { phoneNumberId, wabaId, businessId, code } = finished;
  return {
    messages: [finishMessage(choices.finish, finished, form, { namesNumber })],
    code,
    wabaId,
    businessId,
    ...(phoneNumberId !== undefined && { phoneNumberId }),
  };
}

function reportOf({ now, ids }: Deps, request: SignUpRequest, form: SessionLogForm): string {
  return problemMessage(
    {
      event: request.errorEvent ?? 'CANCEL',
      code: request.errorCode ?? '2388091',
      message: request.errorMessage ?? 'The code could not be sent.',
      sessionId: ids.dialogId(),
      at: now,
      codeMember: request.errorMember ?? 'error_code',
      topLevel: request.errorBesideData ?? false,
    },
    form,
  );
}

function choicesOf(deps: Deps, request: SignUpRequest, outcome: Ending): SignupChoices {
  const person = personFor(deps, request.person);
  const [businessId] = person.businessIds;
  return {
    finish: FINISH[outcome],
    person,
    business:
      request.businessName === undefined && businessId !== undefined
        ? { kind: 'existing', id: businessId }
        : { kind: 'new', name: request.businessName ?? `${person.name} Ltd` },
    accountId:
      request.accountId ?? (outcome === 'app_only' ? newestAccountOf(deps.world, businessId)?.id : undefined),
    number: numberFor(deps, request, outcome),
    codeEntered: outcome !== 'unverified',
    unverified: outcome === 'unverified',
    displayName: undefined,
    assets: request.assets,
    redirectUri: request.redirectUri,
  };
}

function numberFor(deps: Deps, request: SignUpRequest, outcome: Ending): NumberChoice {
  const { ids = [], numberId, ownNumber, pin } = request;
  if (pin !== undefined && (ownNumber === undefined || outcome === 'coexistence'))
    throw new SignUpImpossibleError('A pin goes with ownNumber: numbers of the pool have none.');
  if (outcome === 'only_waba' || outcome === 'app_only') {
    if (numberId !== undefined || ownNumber !== undefined)
      throw new SignUpImpossibleError(
        `The outcome ${outcome} brings no number: leave numberId and ownNumber out.`,
      );
    return { kind: 'none' };
  }
  if (ownNumber !== undefined) {
    const digits = parsePhoneNumber(ownNumber);
    if (digits === undefined)
      throw new SignUpImpossibleError('ownNumber is not an international phone number.');
    return outcome === 'coexistence' ? { kind: 'business-app', digits } : { kind: 'own', digits, pin };
  }
  if (outcome === 'coexistence')
    throw new SignUpImpossibleError('Give ownNumber: the number on the WhatsApp Business app.');
  const [first] = offeredNumbers(deps, ids);
  const id = numberId ?? first?.number.id;
  if (id === undefined) {
    throw new SignUpImpossibleError(
      'The popup would offer no number: give numberId, ownNumber, or ids in the pool.',
    );
  }
  const number = poolNumber(deps, id);
  if (number === undefined) throw new SignUpImpossibleError(REFUSALS['number-unavailable']);
  if (outcome === 'unverified' && verificationStatusOf(number, deps.now) === 'VERIFIED')
    throw new SignUpImpossibleError('This number is verified already: take ownNumber, or one that lapsed.');
  return { kind: 'preverified', id };
}

/** A named person is remembered once the sign-up is done; an unnamed one is somebody new. */
function personFor({ world }: Deps, name: string | undefined): Person {
  if (name === undefined) return { key: '', name: `Customer ${world.businesses.size}`, businessIds: [] };
  return world.people.get(name) ?? { key: name, name, businessIds: [] };
}
