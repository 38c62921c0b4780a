import type { ClaimReason } from '@embedded-signup-kit/protocol';
import type { Claim } from '../ports/records.ts';
import type { ReconcileDeps } from './deps.ts';

/** Dismisses a claim for which there is nothing left to do. Whoever moved it on meanwhile is right. */
export async function putAside(
  { store }: Pick<ReconcileDeps, 'store'>,
  { claim, now, reason }: { claim: Claim; now: number; reason: ClaimReason },
): Promise<void> {
  const { id: claimId, status, customerId } = claim;
  await store.decide({
    claimId,
    now,
    onlyFrom: { status, customerId },
    event: 'dismissed',
    reason,
    history: { what: 'put aside', who: 'kit', reason: reason.code, traceId: undefined },
    work: { do: 'stop' },
  });
}

/**
 * Puts claims of a number's owner aside that lost their code, and are about that number: of two pages of one customer the
 * second one has nothing to sign up for.
 */
export async function putSecondPagesAside(
  deps: Pick<ReconcileDeps, 'store'>,
  { owner, naming, now }: { owner: Claim; naming: readonly Claim[]; now: number },
): Promise<void> {
  const reason = {
    code: 'number_is_theirs',
    message: `The number of this sign-up is the customer’s already: see the claim ${owner.id}.`,
  };
  for (const claim of naming) {
    const { id, customerId, status, eventData } = claim;
    const isSecond = id !== owner.id && customerId === owner.customerId && status === 'needs_signup';
    if (!isSecond || eventData.phone_number_id !== owner.phoneNumberId) continue;
    await putAside(deps, { claim, now, reason });
  }
}
