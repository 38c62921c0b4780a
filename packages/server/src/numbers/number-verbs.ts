import type { NumbersDeps } from './deps.ts';
import { findPhoneNumber, phoneNumberChanges } from './find-phone-number.ts';
import { forgetIdentity } from './forget-identity.ts';
import { customerIdentity, identityHash } from './identity-hash.ts';
import { putOnAccount } from './put-on-account.ts';
import { refreshPhoneNumber } from './refresh-phone-number.ts';
import { sendText } from './send-text.ts';
import { setIdentityCheck } from './set-identity-check.ts';
import { trustIdentity } from './trust-identity.ts';

/** Everything that operators and the host's code can have done with numbers in service. */
export type NumberVerbs = ReturnType<typeof numberVerbs>;

/** Makes all of them at once. `who` is an operator's name, and goes into the histories. */
export function numberVerbs(deps: NumbersDeps) {
  return {
    find: findPhoneNumber(deps),
    changes: phoneNumberChanges(deps),
    refresh: refreshPhoneNumber(deps),
    setIdentityCheck: setIdentityCheck(deps),
    identity: customerIdentity(deps),
    identityHash: identityHash(deps),
    sendText: sendText(deps),
    trustIdentity: trustIdentity(deps),
    forgetIdentity: forgetIdentity(deps),
    putOnAccount: putOnAccount(deps),
  };
}
