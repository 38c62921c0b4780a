import { isJsonObject } from '../json.ts';
import type { Fault, ScriptedFault } from '../graph/fault-script.ts';
import type { CurrentStep } from '../signup/session-log.ts';
import type { SignUpRequest } from '../signup/sign-up.ts';
import type { NumberSeed } from '../world/seed-numbers.ts';

type Body = { readonly [name: string]: unknown };

const STEPS: readonly CurrentStep[] = [
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
];

/** Reads `{now | advance}`; `now` in ms or as an ISO 8601 time. Throws TypeError. */
export function readClockChange(value: unknown): { now?: number; advance?: string } {
  const { now, advance } = bodyOf(value, ['now', 'advance']);
  if ((now === undefined) === (advance === undefined)) throw new TypeError('give either now or advance');
  if (advance !== undefined) return { advance: text('advance', advance) };
  const time = typeof now === 'string' ? Date.parse(now) : now;
  if (typeof time !== 'number' || !Number.isFinite(time)) {
    throw new TypeError('now must be milliseconds or an ISO 8601 time');
  }
  return { now: time };
}

/** Reads `{phoneNumbers | count, status?, verifiedAt?}`. Throws TypeError. */
export function readNumberSeed(value: unknown): NumberSeed {
  const body = bodyOf(value, ['phoneNumbers', 'count', 'status', 'verifiedAt']);
  if ((body['phoneNumbers'] === undefined) === (body['count'] === undefined)) {
    throw new TypeError('give either phoneNumbers or count');
  }
  return {
    phoneNumbers: optional('phoneNumbers', body, texts),
    count: optional('count', body, wholeNumber),
    status: optional('status', body, oneOf(['VERIFIED', 'NOT_VERIFIED', 'EXPIRED'])),
    verifiedAt: optional('verifiedAt', body, wholeNumber),
  };
}

/** Reads the body of `POST /signups`. Throws TypeError. */
export function readSignUpRequest(value: unknown): SignUpRequest {
  const names = ['ids', 'numberId', 'ownNumber', 'outcome', 'step', 'person', 'businessName', 'redirectUri'];
  const body = bodyOf(value ?? {}, names);
  return {
    ids: optional('ids', body, texts),
    numberId: optional('numberId', body, text),
    ownNumber: optional('ownNumber', body, text),
    outcome: optional('outcome', body, oneOf(['finish', 'cancel', 'closed'])),
    step: optional('step', body, oneOf(STEPS)),
    person: optional('person', body, text),
    businessName: optional('businessName', body, text),
    redirectUri: optional('redirectUri', body, text),
  };
}

/** Reads a list of `{match, times?, fault}`. Throws TypeError. */
export function readFaults(value: unknown): ScriptedFault[] {
  if (!Array.isArray(value)) throw new TypeError('the faults must be a list');
  return value.map((item: unknown) => {
    const body = bodyOf(item, ['match', 'times', 'fault']);
    const match = bodyOf(body['match'] ?? {}, ['method', 'path']);
    return {
      match: { method: optional('method', match, text), path: optional('path', match, text) },
      times: optional('times', body, wholeNumber),
      fault: readFault(body['fault']),
    };
  });
}

function readFault(value: unknown): Fault {
  const body = bodyOf(value, ['kind', 'status', 'error', 'ms']);
  const kind = oneOf(['error', 'reset', 'lost', 'slow'])('kind', body['kind']);
  if (kind === 'slow') return { kind, ms: wholeNumber('ms', body['ms']) };
  if (kind !== 'error') return { kind };
  const error = bodyOf(body['error'], ['code', 'message', 'error_subcode', 'type', 'is_transient']);
  return {
    kind,
    status: wholeNumber('status', body['status']),
    error: {
      code: wholeNumber('code', error['code']),
      message: text('message', error['message'] ?? 'Simulated error'),
      error_subcode: optional('error_subcode', error, wholeNumber),
      type: optional('type', error, text),
      is_transient: error['is_transient'] === undefined ? undefined : error['is_transient'] === true,
    },
  };
}

function bodyOf(value: unknown, known: readonly string[]): Body {
  if (!isJsonObject(value)) throw new TypeError(`an object with ${known.join(', ')} is expected, as JSON`);
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) throw new TypeError(`"${stranger}" is none of ${known.join(', ')}`);
  return value;
}

function optional<Value>(
  name: string,
  body: Body,
  read: (name: string, value: unknown) => Value,
): Value | undefined {
  return body[name] === undefined ? undefined : read(name, body[name]);
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
  return value;
}

function texts(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list of strings`);
  return value.map((item) => text(name, item));
}

function wholeNumber(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new TypeError(`${name} must be a whole number`);
  return value;
}

function oneOf<const Value extends string>(allowed: readonly Value[]) {
  return (name: string, value: unknown): Value => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new TypeError(`${name} must be one of ${allowed.join(', ')}`);
    return found;
  };
}
