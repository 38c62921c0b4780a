import type { ClaimReason } from '@embedded-signup-kit/protocol';
import { whoLaunched } from '../domain/who-launched.ts';
import type { AccountLease, NumberLaunch } from '../ports/accounts.ts';
import type { AccountNumber } from '../ports/graph.ts';
import type { Claim } from '../ports/records.ts';
import type { ReconcileDeps } from './deps.ts';
import { madeUpSession, type ClaimPlace } from './made-up-session.ts';
import { isUnclaimedOwn } from './own-number.ts';
import { accountOfAnother, longAgo, nobodyLaunched, ownNumber, severalCustomers } from './orphan-reasons.ts';
import { isHistory, isOnItsWay, isOver, isUnderWay, mayBeAbout } from './standing-claims.ts';

/** A number that no live claim owns, on the account of a look. */
export interface FoundNumber {
  lease: AccountLease;
  number: AccountNumber;
  /** Claims whose session log named the account. */
  naming: readonly Claim[];
  now: number;
}

/**
 * What to do about a number: `leave` — a claim or a person has settled it, or it is none of ours; `wait` — a page may still
 * bring its claim; `recover` — it is that customer's; `ask` — a person must say whose it is.
 */
export type WhoseNumber =
  | { do: 'leave' }
  | { do: 'wait' }
  | { do: 'recover'; customerId: string; place: ClaimPlace; phoneNumber: string }
  | { do: 'ask'; reason: ClaimReason; phoneNumber: string | undefined };

/** Looks for which the claims of others are waited for: whoever names an account must not hold up its owner for ever. */
const looksForOthers = 30;

const leave: WhoseNumber = { do: 'leave' };

/** Finds out whose a number is: Meta's word on account and number, and the one customer who launched with it. */
export function whoseNumber(deps: ReconcileDeps) {
  const { store } = deps;
  const placeOf = claimPlace(deps);

  return async (found: FoundNumber): Promise<WhoseNumber> => {
    const { lease, number, naming, now } = found;
    const orphan = await store.findClaimOfSession(`orphan:${lease.wabaId}:${number.id}`);
    // An operator gave it to somebody, and its proof is under way or on their desk.
    if (orphan !== undefined && orphan.customerId !== '' && !isOver(orphan)) return leave;
    const claims = await store.findClaimsOfNumber(number.id);
    // Meta's word on whose token covers it is with the operator already.
    if (claims.some((one) => one.status === 'needs_operator' && one.customerId !== '')) return leave;
    const stands = (one: Claim) => isOver(one) && !isHistory(one, lease);

    const pool = await store.findPoolNumber({ phoneNumber: number.displayPhoneNumber, customerId: '' });
    const mayWait = (who: readonly Claim[]) =>
      lease.looks <= looksForOthers && who.some((one) => isOnItsWay(one, now));
    if (pool === undefined) {
      if (!isUnclaimedOwn(number, lease) || claims.some(stands)) return leave;
      return mayWait(naming)
        ? { do: 'wait' }
        : { do: 'ask', reason: ownNumber(naming), phoneNumber: undefined };
    }
    const { phoneNumber } = pool.number;
    // An operator has it put on this account, without the popup: whoever launched with it before is not whose it is. Once it
    // has gone back to the pool and was offered again, that says nothing more.
    const attachment = await store.findAttachment({
      numberId: pool.number.id,
      wabaId: lease.wabaId,
      unlessOffered: true,
    });
    if (attachment !== undefined && !isHistory(attachment, lease))
      return isUnderWay(attachment) ? { do: 'wait' } : leave;
    const launches = await store.findLaunches(pool.number.id);
    const who = whoLaunched(launches, lease.addedAt, pool.number);
    // Whoever never had the number cannot prove it, and must not hold its owner up by naming the account.
    const had = new Set(launches.map((one) => one.customerId));
    const isNamed = mayWait(naming.filter((one) => had.has(one.customerId)));
    if ('unsure' in who) {
      if (claims.some(stands)) return leave;
      return isNamed ? { do: 'wait' } : { do: 'ask', reason: unsure(who.unsure), phoneNumber };
    }
    const { customerId, sessionId } = who.launch;
    const isTheirs = (one: Claim) => one.customerId === customerId || one.customerId === '';
    if (claims.some((one) => isTheirs(one) && stands(one))) return leave;
    const ofSession = await store.findClaimOfSession(sessionId);
    const own = [...(ofSession === undefined ? [] : [ofSession]), ...naming].filter(
      (one) => one.customerId === customerId && mayBeAbout(one, number.id),
    );
    if (isNamed || own.some((one) => isOnItsWay(one, now))) return { do: 'wait' };
    // It was to be put on this very account for somebody else, and whoever was given it after that did not know. Nor does it
    // matter to Meta that an operator has since had that claim go on with another number or account.
    const meant = await store.findAttachment({
      numberId: pool.number.id,
      wabaId: lease.wabaId,
      evenIfAssigned: true,
    });
    if (meant !== undefined && meant.customerId !== customerId)
      return isUnderWay(meant)
        ? { do: 'wait' }
        : { do: 'ask', reason: severalCustomers([meant.customerId, customerId]), phoneNumber };
    const owner = await store.findAccountOfAnother({ wabaId: lease.wabaId, customerId, evenByWord: true });
    if (owner !== undefined) return { do: 'ask', reason: accountOfAnother(customerId, owner), phoneNumber };
    const place = await placeOf(found, who.launch, ofSession);
    return place === undefined ? leave : { do: 'recover', customerId, place, phoneNumber };
  };
}

function unsure(customerIds: readonly string[]): ClaimReason {
  const [only, ...others] = customerIds;
  if (only === undefined) return nobodyLaunched;
  return others.length === 0 ? longAgo(only) : severalCustomers(customerIds);
}

/** Which claim of the customer is completed, so that a page that comes back finds it. */
function claimPlace(deps: ReconcileDeps) {
  const makeUp = madeUpSession(deps);
  return async (
    { lease, number, naming }: FoundNumber,
    { customerId, sessionId }: NumberLaunch,
    ofSession: Claim | undefined,
  ): Promise<ClaimPlace | undefined> => {
    const theirs = naming.filter((one) => one.customerId === customerId && mayBeAbout(one, number.id));
    const named = theirs.find((one) => one.eventData.phone_number_id === number.id) ?? theirs[0];
    if (named !== undefined) return { sessionId: named.sessionId, claimId: named.id };
    if (ofSession === undefined) return { sessionId, claimId: deps.random.id() };
    const isTheirs = ofSession.customerId === customerId && mayBeAbout(ofSession, number.id);
    if (isTheirs && isCompletable(ofSession)) return { sessionId, claimId: ofSession.id };
    // An operator has it, and may be at it.
    if (isTheirs && ofSession.status === 'needs_operator') return undefined;
    return makeUp(lease, `recovered:${number.id}`, customerId);
  };
}

const completable: ReadonlySet<Claim['status']> = new Set([
  'received',
  'needs_signup',
  'no_number',
  'rejected',
]);

/** On an operator's desk for want of what Meta says now. */
const wantsMetasWord: ReadonlySet<string | undefined> = new Set(['several_numbers', 'account_unknown']);

/** Live claims own another number, and those that are over stay over. */
const isCompletable = ({ status, provenAt, reason }: Claim): boolean =>
  provenAt === undefined &&
  (completable.has(status) || (status === 'needs_operator' && wantsMetasWord.has(reason?.code)));
