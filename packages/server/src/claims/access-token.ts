import { tokenCell } from '../domain/cells.ts';
import { AccessTokenExpiredError, AccountUnknownError } from './claim-errors.ts';
import type { ClaimsDeps } from './deps.ts';

/**
 * The customer's token for an account, for the host's own calls to Meta: the newest one of a claim that is not over. Ask
 * for it before each call and keep it nowhere, because a customer who signs up again brings a new one.
 *
 * @param wabaId Meta's id of the WhatsApp Business Account. Digits.
 * @throws AccountUnknownError, AccessTokenExpiredError, CipherError, StoreUnavailableError
 */
export function accessToken({ store, clock, cipher }: Pick<ClaimsDeps, 'store' | 'clock' | 'cipher'>) {
  return async (wabaId: string): Promise<string> => {
    const found = /^[0-9]{1,20}$/.test(wabaId) ? await store.findToken(wabaId) : undefined;
    if (found === undefined) throw new AccountUnknownError();
    if (found.expiresAt !== undefined && found.expiresAt <= clock.now()) {
      throw new AccessTokenExpiredError(found.expiresAt);
    }
    return cipher.open(found.sealedToken, tokenCell(found.claimId));
  };
}
