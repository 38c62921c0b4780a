import type { CurrentStep } from '../../signup/session-log.ts';
import type { SignUpRequest } from '../../signup/sign-up.ts';
import { bodyOf, oneOf, optional, text, texts } from './json-readers.ts';

const STEPS: readonly CurrentStep[] = [
  'BUSINESS_ACCOUNT_SELECTION',
  'WABA_PHONE_PROFILE_PICKER',
  'WHATSAPP_BUSINESS_PROFILE_SETUP',
  'PHONE_NUMBER_SETUP',
  'PHONE_NUMBER_VERIFICATION',
  'PERMISSIONS',
];

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
