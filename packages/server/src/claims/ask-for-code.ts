import type { AskedForCode } from '../ports/asked-for-code.ts';
import { ClaimAnswerLostError, ClaimNeedsNoCodeError, TooManyClaimCodesError } from './claim-code-errors.ts';
import { ClaimMissingError } from './claim-errors.ts';
import { waitsForCode } from './claim-verb.ts';
import type { requestClaimCode } from './request-claim-code.ts';

/**
 * Has a code sent by text to the number of a claim, as the kit's own doing, by the rules and limits that hold for people.
 *
 * @param language such as `en_US`
 * @throws GraphError when Meta refuses, or cannot be asked
 * @throws ClaimWithoutNumberError, ClaimWithoutTokenError, CipherError, StoreUnavailableError
 */
export function askForCode(requestCode: ReturnType<typeof requestClaimCode>, language: string) {
  return async (claimId: string): Promise<AskedForCode> => {
    try {
      const { status } = await requestCode(claimId, 'kit', { method: 'SMS', language });
      return { what: waitsForCode(status) ? 'asked' : 'moved_on' };
    } catch (error) {
      if (error instanceof ClaimAnswerLostError) return { what: 'asked' };
      if (error instanceof TooManyClaimCodesError) return { what: 'not_now', retryAt: error.retryAt };
      if (error instanceof ClaimNeedsNoCodeError || error instanceof ClaimMissingError)
        return { what: 'moved_on' };
      throw error;
    }
  };
}
