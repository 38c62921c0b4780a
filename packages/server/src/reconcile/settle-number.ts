import type { ClaimReason } from '@embedded-signup-kit/protocol';
import { tokenCell } from '../domain/cells.ts';
import { digitsOf } from '../domain/number-match.ts';
import type { AccountLease, RecoveredClaim, RecoveryOutcome } from '../ports/accounts.ts';
import type { AccountNumber } from '../ports/graph.ts';
import type { Claim } from '../ports/records.ts';
import type { ReconcileDeps } from './deps.ts';
import { madeUpSession, type ClaimPlace } from './made-up-session.ts';
import { recoveryRefused } from './orphan-reasons.ts';
import { putSecondPagesAside } from './put-aside.ts';
import type { PlainToken } from './read-account.ts';
import { whoseNumber } from './whose-number.ts';

/** What a look knows of its account. */
export interface Look {
  lease: AccountLease;
  /** With which the account was read; `undefined`: the BSP's own. */
  token: PlainToken | undefined;
  /** Claims whose session log named the account: hearsay. */
  naming: readonly Claim[];
  /** Whether the page has had its time, so that a person may be asked. */
  mayAsk: boolean;
  now: number;
}

/**
 * How it stands with a number after a look: `explains` — it is what the news of the account was about; `open` — there is
 * something to see at the next look; `soon` — and it comes soon; `quiet` — neither.
 */
export type NumberStanding = 'explains' | 'open' | 'soon' | 'quiet' | 'fenced';

/** Says how it stands with one number of an account, and opens, completes or notes its claim. */
export function settleNumber(deps: ReconcileDeps) {
  const { store, logger } = deps;
  const whose = whoseNumber(deps);
  const recover = recoverAt(deps);
  const ask = askOperator(deps);

  return async (look: Look, number: AccountNumber): Promise<NumberStanding> => {
    const { lease } = look;
    const owner = await store.findOwner(number.id);
    if (owner !== undefined) {
      await putSecondPagesAside(deps, { ...look, owner });
      return isNewsOf(owner, lease) ? 'explains' : 'quiet';
    }
    const found = await whose({ ...look, number });
    if (found.do === 'leave') return 'quiet';
    if (found.do === 'wait') return 'soon';
    if (found.do === 'ask') {
      if (!look.mayAsk) return 'open';
      return ask(look, found.reason, asRecovered(number, found.phoneNumber));
    }
    const { customerId, place } = found;
    const outcome = await recover(look, { ...place, customerId }, asRecovered(number, found.phoneNumber));
    logger.info('a claim is recovered by Meta’s word', {
      wabaId: lease.wabaId,
      claimId: place.claimId,
      outcome,
    });
    // What proof makes of it is looked at once more.
    if (outcome === 'recovered') return 'open';
    if (outcome === 'busy' || outcome === 'closed') return 'soon';
    if (outcome !== 'known') return outcome === 'fenced' ? 'fenced' : 'quiet';
    const claim = await store.findClaim(place.claimId);
    if (claim?.status !== 'rejected') return 'quiet';
    return look.mayAsk ? ask(look, recoveryRefused(claim), asRecovered(number, found.phoneNumber)) : 'open';
  };
}

/** Notes that nobody knows whose something is, once for each account and number. */
export function askOperator(deps: ReconcileDeps) {
  const makeUp = madeUpSession(deps);
  const recover = recoverAt(deps);
  return async (
    look: Look,
    reason: ClaimReason,
    number: RecoveredClaim['number'],
  ): Promise<NumberStanding> => {
    const { wabaId } = look.lease;
    const base = number === undefined ? `orphan:${wabaId}` : `orphan:${wabaId}:${number.phoneNumberId}`;
    const place = await makeUp(look.lease, base, '');
    if (place === undefined) return 'quiet';
    const outcome = await recover(look, place, number, reason);
    if (outcome === 'recovered') {
      deps.logger.warn('a number has no owner', { wabaId, claimId: place.claimId, reason: reason.code });
      return 'explains';
    }
    return outcome === 'fenced' ? 'fenced' : 'quiet';
  };
}

/** Has the store open, complete or note a claim, with the token sealed for it. */
function recoverAt({ store, cipher, random }: ReconcileDeps) {
  return async (
    { lease, token, now }: Look,
    place: ClaimPlace & { customerId?: string },
    number: RecoveredClaim['number'],
    reason?: ClaimReason,
  ): Promise<RecoveryOutcome> => {
    const sealed = token && {
      sealed: await cipher.seal(token.value, tokenCell(place.claimId)),
      expiresAt: token.expiresAt,
    };
    return store.recoverClaim({
      lease,
      now,
      claimId: place.claimId,
      workId: random.id(),
      sessionId: place.sessionId,
      customerId: place.customerId,
      wabaId: lease.wabaId,
      number,
      token: sealed,
      reason,
    });
  };
}

/** Whether the owner of a number came with the news of its account. Meta counts in whole seconds. */
const isNewsOf = ({ provenAt = 0 }: Claim, { addedAt }: AccountLease): boolean =>
  addedAt !== undefined && provenAt >= addedAt;

/** @param phoneNumber as the pool has it: Meta's display form may leave a digit of it out */
function asRecovered(
  { id, displayPhoneNumber }: AccountNumber,
  phoneNumber = `+${digitsOf(displayPhoneNumber)}`,
): NonNullable<RecoveredClaim['number']> {
  return { phoneNumberId: id, phoneNumber, displayPhoneNumber };
}
