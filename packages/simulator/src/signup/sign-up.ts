import { parsePhoneNumber } from '../phone/phone-number.ts';
import type { Person } from '../world/business.ts';
import { poolNumber } from '../world/number-lookup.ts';
import { sendOneTimeCode } from '../world/send-one-time-code.ts';
import type { Moment } from '../world/simulation.ts';
import { finishSignup, type NumberChoice } from './finish-signup.ts';
import { offeredNumbers } from './offered-numbers.ts';
import { cancelMessage, finishMessage, type CurrentStep } from './session-log.ts';

/** A customer going through the popup without a browser. */
export interface SignUpRequest {
  /** `extras.setup.preVerifiedPhone.ids` of the launch; the customer takes the one the popup would show. */
  readonly ids?: readonly string[] | undefined;
  /** Take exactly this pool number. */
  readonly numberId?: string | undefined;
  /** Bring this number instead, in any notation; the code sent to it is entered. */
  readonly ownNumber?: string | undefined;
  /** `closed` is the window's X before the end: nothing is posted. @default 'finish' */
  readonly outcome?: 'finish' | 'cancel' | 'closed' | undefined;
  /** Where they cancel. @default 'PHONE_NUMBER_SETUP' */
  readonly step?: CurrentStep | undefined;
  /** Who they are: `nora`, `tomas`, `wei` or a new name. The same person signs up the same business again. @default someone new each time */
  readonly person?: string | undefined;
  /** Sign up a business of this name instead of the one they have. */
  readonly businessName?: string | undefined;
  /** `fallback_redirect_uri` of the launch. */
  readonly redirectUri?: string | undefined;
}

/** What the page gets: the session-logging messages as posted, and what FB.login calls back with. */
export interface SignUpResult {
  readonly messages: readonly string[];
  readonly code?: string;
  readonly wabaId?: string;
  readonly phoneNumberId?: string;
  readonly businessId?: string;
}

/** The sign-up cannot be played: no such number, or it was taken. */
export class SignUpImpossibleError extends Error {
  override readonly name = 'SignUpImpossibleError';
}

interface Deps extends Moment {
  /** Whether the popup offers every id it is given, not the first one only. */
  readonly showAll: boolean;
}

/** Plays a sign-up with the rules of the popup. Throws SignUpImpossibleError; nothing has happened then. */
export function signUp(deps: Deps, request: SignUpRequest): SignUpResult {
  if (request.outcome === 'closed') return { messages: [] };
  if (request.outcome === 'cancel')
    return { messages: [cancelMessage(request.step ?? 'PHONE_NUMBER_SETUP')] };

  const number = numberFor(deps, request);
  const person = personFor(deps, request.person);
  const [businessId] = person.businessIds;
  const business =
    request.businessName === undefined && businessId !== undefined
      ? ({ kind: 'existing', id: businessId } as const)
      : ({ kind: 'new', name: request.businessName ?? `${person.name} Ltd` } as const);
  const finished = finishSignup(deps, {
    person,
    business,
    number,
    codeEntered: enterCode(deps, number),
    displayName: undefined,
    redirectUri: request.redirectUri,
  });
  if (typeof finished === 'string') throw new SignUpImpossibleError('This number is no longer available.');
  return { messages: [finishMessage(finished)], ...finished };
}

function numberFor(deps: Deps, { ids = [], numberId, ownNumber }: SignUpRequest): NumberChoice {
  if (ownNumber !== undefined) {
    const digits = parsePhoneNumber(ownNumber);
    if (digits === undefined)
      throw new SignUpImpossibleError('ownNumber is not an international phone number.');
    return { kind: 'own', digits };
  }
  const [first] = offeredNumbers(deps, ids);
  const id = numberId ?? first?.number.id;
  if (id === undefined) {
    throw new SignUpImpossibleError(
      'The popup would offer no number: give numberId, ownNumber, or ids in the pool.',
    );
  }
  if (poolNumber(deps, id) === undefined)
    throw new SignUpImpossibleError('This number is no longer available.');
  return { kind: 'preverified', id };
}

/** The customer asks for a code when the popup would demand one, reads it from the inbox and enters it. */
function enterCode(deps: Deps, number: NumberChoice): boolean {
  if (number.kind === 'own') {
    sendOneTimeCode(deps, { digits: number.digits, method: 'SMS', language: 'en_US' });
    deps.world.oneTimeCodes.delete(number.digits);
    return true;
  }
  const [offered] = offeredNumbers({ ...deps, showAll: true }, [number.id]);
  if (offered?.needsCode === true) {
    sendOneTimeCode(deps, { digits: offered.number.digits, method: 'SMS', language: 'en_US' });
  }
  return true;
}

/** A named person is remembered; an unnamed one is somebody new. */
function personFor({ world }: Deps, name: string | undefined): Person {
  if (name === undefined) return { key: '', name: `Customer ${world.businesses.size}`, businessIds: [] };
  const person = world.people.get(name) ?? { key: name, name, businessIds: [] };
  world.people.set(name, person);
  return person;
}
