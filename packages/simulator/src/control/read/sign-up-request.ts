import type { Assets, CurrentStep } from '../../signup/session-log.ts';
import type { SignUpOutcome, SignUpRequest } from '../../signup/sign-up-request.ts';
import { bodyOf, oneOf, optional, text, texts } from './json-readers.ts';

const STEPS: readonly CurrentStep[] = [
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
];

const OUTCOMES: readonly SignUpOutcome[] = [
  'finish',
  'unverified',
  'only_waba',
  'coexistence',
  'obo_migration',
  'app_only',
  'closed_on_last_screen',
  'cancel',
  'error',
  'closed',
];

const READERS = {
  ids: texts,
  numberId: text,
  ownNumber: text,
  pin: sixDigits,
  outcome: oneOf(OUTCOMES),
  step: oneOf(STEPS),
  errorCode: text,
  errorMessage: text,
  errorEvent: oneOf(['CANCEL', 'ERROR']),
  errorMember: oneOf(['error_code', 'error_id']),
  errorBesideData: yesOrNo,
  form: oneOf(['v4', 'v3', 'v2']),
  person: text,
  businessName: text,
  accountId: text,
  assets: readAssets,
  redirectUri: text,
} satisfies { readonly [Name in keyof SignUpRequest]-?: (name: string, value: unknown) => unknown };

/** Reads what `signUp` takes, or the body of `POST /signups`. Throws TypeError. */
export function readSignUpRequest(value: unknown): SignUpRequest {
  const body = bodyOf(value ?? {}, Object.keys(READERS));
  return Object.fromEntries(
    Object.entries(READERS).map(([name, read]) => [name, optional<unknown>(name, body, read)]),
  ) as SignUpRequest;
}

const ASSETS = [
  'adAccountIds',
  'pageIds',
  'datasetIds',
  'catalogIds',
  'instagramAccountIds',
  'wabaIds',
] as const;

function readAssets(_name: string, value: unknown): Assets {
  const body = bodyOf(value, ASSETS);
  return Object.fromEntries(ASSETS.map((name) => [name, optional(name, body, texts)]));
}

function sixDigits(name: string, value: unknown): string {
  const pin = text(name, value);
  if (!/^\d{6}$/.test(pin)) throw new TypeError(`${name} must be six digits`);
  return pin;
}

function yesOrNo(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
  return value;
}
