import { sendText, type SendTextInput, type SentMessage } from '../endpoints/messages.ts';
import { getPhoneNumber, type GetPhoneNumberInput, type PhoneNumber } from '../endpoints/phone-number.ts';
import { deregister, register, setPin, type RegisterInput } from '../endpoints/registration.ts';
import { getSettings, setIdentityCheck, type IdentityCheckInput } from '../endpoints/settings.ts';
import type { CallOptions, TokenCaller } from './call-options.ts';
import { verificationCalls, type VerificationCalls } from './preverified-number-calls.ts';

/** Calls on a WhatsApp phone number. Every one may throw a `GraphError`. */
export interface PhoneNumberCalls extends VerificationCalls {
  /** `GET /<PHONE_NUMBER_ID>`: state, quality, limits. */
  get(input: GetPhoneNumberInput, options?: CallOptions): Promise<PhoneNumber>;
  /**
   * `POST /<PHONE_NUMBER_ID>/register`. Meta counts ten calls in 72 hours and then locks the number, so it never sees two
   * calls for one. Read the number before.
   *
   * @throws GraphError, among others `pin_mismatch`, `pin_locked`, `needs_verification`, `attempts_exhausted`
   */
  register(input: RegisterInput, options?: CallOptions): Promise<void>;
  /** `POST /<PHONE_NUMBER_ID>/deregister`. Counted as `register` is. */
  deregister(input: { phoneNumberId: string }, options?: CallOptions): Promise<void>;
  /** `POST /<PHONE_NUMBER_ID>` with `pin`: six digits, the new two-step PIN. */
  setPin(input: { phoneNumberId: string; pin: string }, options?: CallOptions): Promise<void>;
  /** `GET /<PHONE_NUMBER_ID>/settings`, as Meta words them. */
  settings(input: { phoneNumberId: string }, options?: CallOptions): Promise<Record<string, unknown>>;
  /** `POST /<PHONE_NUMBER_ID>/settings`: the identity change check. */
  setIdentityCheck(input: IdentityCheckInput, options?: CallOptions): Promise<void>;
  /** `POST /<PHONE_NUMBER_ID>/messages` with a text. Never sent twice after a lost answer. */
  sendText(input: SendTextInput, options?: CallOptions): Promise<SentMessage>;
}

/** Calls on a WhatsApp phone number. */
export function phoneNumberCalls(tokens: TokenCaller): PhoneNumberCalls {
  const { call } = tokens;
  return {
    ...verificationCalls(tokens),
    get: (input, options) => call(getPhoneNumber, input, options),
    register: (input, options) => call(register, input, options),
    deregister: (input, options) => call(deregister, input, options),
    setPin: (input, options) => call(setPin, input, options),
    settings: (input, options) => call(getSettings, input, options),
    setIdentityCheck: (input, options) => call(setIdentityCheck, input, options),
    sendText: (input, options) => call(sendText, input, options),
  };
}
