import { tokenCell } from '../domain/cells.ts';
import { customerToken } from '../ports/customer-token.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { StepContext } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';

/**
 * The token for a claim that an operator opened. Its own is a copy from that moment: when the customer has signed up again since,
 * their new token is taken and kept instead, so that a claim whose copy is dead can be tried again.
 *
 * @returns `token: undefined`: the BSP's own
 * @throws CipherError
 */
export function newestToken(deps: Pick<RegistrationDeps, 'store' | 'cipher' | 'clock' | 'logger'>) {
  const { store, cipher, clock, logger } = deps;

  const opened = async (claimId: string, sealedToken: string | undefined): Promise<string | undefined> => {
    if (sealedToken === undefined) return undefined;
    try {
      return await cipher.open(sealedToken, tokenCell(claimId));
    } catch (error) {
      logger.warn('a token cannot be opened by this node', { claimId, ...errorFacts(error) });
      return undefined;
    }
  };

  const givenSince = async ({ claim }: StepContext) => {
    const { id, wabaId, createdAt, sealedToken: copy } = claim;
    const kept = wabaId === undefined ? undefined : await store.findToken(wabaId);
    if (kept === undefined || kept.claimId === id || (kept.givenAt ?? 0) <= createdAt) return undefined;
    const { claimId, sealedToken, expiresAt } = kept;
    if (expiresAt !== undefined && expiresAt <= clock.now()) return undefined;
    const token = await opened(claimId, sealedToken);
    return token === undefined || token === (await opened(id, copy)) ? undefined : { token, expiresAt };
  };

  return async (context: StepContext): Promise<{ token: string | undefined } | 'fenced'> => {
    const { claim, lease } = context;
    const newer = claim.toAttach === undefined ? undefined : await givenSince(context);
    // A copy that cannot be opened any more is no loss then.
    if (newer === undefined) return { token: await customerToken(deps, claim) };
    const { token, expiresAt } = newer;
    const sealedToken = await cipher.seal(token, tokenCell(claim.id));
    const isKept = await store.keepToken({ lease, now: clock.now(), sealedToken, expiresAt });
    return isKept ? { token } : 'fenced';
  };
}
