import { isLive, isOver } from '../domain/claim-transitions.ts';
import { day, hour, minute } from '../domain/durations.ts';
import { comparableDigits } from '../domain/number-match.ts';
import { splitNumber } from '../domain/split-number.ts';
import type { AccountNumber } from '../ports/graph.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim, PoolRecord } from '../ports/records.ts';
import type { Step, StepContext } from '../ports/step.ts';
import {
  attached,
  budgetSpent,
  givingBack,
  goesOn,
  isAttached,
  isFull,
  isRefusal,
  noLongerListed,
  noName,
  notSplit,
  numberNotFree,
  refusedForGood,
  saysThere,
  sentences,
  severalNumbers,
  theirsAlready,
} from './attach-verdicts.ts';
import { keepHolding } from './keep-holding.ts';
import { listForAttaching } from './attach-list.ts';
import { newestToken } from './newest-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { accountOfAnother, withoutNumber, type Verdict } from './verdicts.ts';
import { endOf, withFailures } from './with-failures.ts';

/** Calls per number in a day: one, and one after an answer that got lost. What Meta refuses does not count: it names no limit. */
const budget = { kind: 'attach', most: 2, window: day } as const;

/** How much longer the number is held while it is put on the account. Milliseconds. */
const holdOn = hour;

/** Meta lists a new number within moments: sooner, a look would not say whether the call was done. */
const listingPatience = minute;

/** Looks at a list that does not show what Meta says is on it. */
const mostLooks = 5;

/**
 * Puts a number of the pool on the customer's account: the one that was held for them, when they finished without one and the
 * host wants that, or the one that an operator named (Meta, "Pre-verified phone numbers", "Registering programmatically").
 * Meta takes the number out of the pool at once, so after an answer that got lost the account is read first, and nothing is
 * sent blindly.
 */
export function attachNumber(deps: RegistrationDeps): Step {
  const { graph, store, clock } = deps;
  const tokenOf = newestToken(deps);
  const readAccount = listForAttaching(deps);

  /** The number that an operator named, if it is on their account by now and no other claim has it. */
  const askedBefore = async ({ id }: Claim, numberId: string, listed: readonly AccountNumber[]) => {
    const held = await store.findNumber(numberId);
    if (held === undefined || (held.claimId !== undefined && held.claimId !== id)) return [];
    const digits = comparableDigits(held.phoneNumber);
    const number = listed.find((one) => comparableDigits(one.displayPhoneNumber) === digits);
    return number === undefined ? [] : [{ number, held }];
  };

  /** A number of the pool that this customer held, that no other claim has, and that is on their account by now. */
  const attachedBefore = async (claim: Claim, wabaId: string, listed: readonly AccountNumber[]) => {
    if (claim.toAttach !== undefined) return askedBefore(claim, claim.toAttach.numberId, listed);
    const found: { number: AccountNumber; held: PoolRecord }[] = [];
    for (const number of listed) {
      const { displayPhoneNumber: phoneNumber } = number;
      const known = await store.findPoolNumber({ phoneNumber, customerId: claim.customerId });
      if (known === undefined || !known.heldByCustomer) continue;
      const { id: numberId, claimId } = known.number;
      if (claimId !== undefined && claimId !== claim.id) continue;
      // An operator had it put there, and the answer got lost.
      const other = await store.findAttachment({ numberId, wabaId });
      if (other === undefined || isOver(other.status)) found.push({ number, held: known.number });
    }
    return found;
  };

  /** Why a number that an operator named is not set aside for its claim. */
  const notFree = async ({ claim, lease }: StepContext, numberId: string): Promise<Verdict> => {
    const { customerId, wabaId } = claim;
    const claimId = (await store.findNumber(numberId))?.claimId;
    if (claimId === claim.id) {
      const runAt = clock.now() + listingPatience;
      return lease.attempts < mostLooks ? { next: { do: 'wait', step: lease.step, runAt } } : noLongerListed;
    }
    const owner = claimId === undefined ? undefined : await store.findClaim(claimId);
    const isTheirs =
      owner !== undefined && isLive(owner) && owner.customerId === customerId && owner.wabaId === wabaId;
    return isTheirs ? theirsAlready(owner.id) : numberNotFree;
  };

  const step = withFailures(deps, async (context) => {
    const { claim, lease } = context;
    const { wabaId, customerId } = claim;
    if (wabaId === undefined) throw new Error(`The claim ${claim.id} has no account to attach a number to.`);
    const isOfAnother =
      claim.assignedAt === undefined &&
      (await store.findAccountOfAnother({ wabaId, customerId })) !== undefined;
    if (isOfAnother) return givingBack(claim, accountOfAnother());
    const found = await tokenOf(context);
    if (found === 'fenced') return 'fenced';
    if (isAttached(claim)) return goesOn;
    const read = await readAccount(context, wabaId, found.token);
    if (read === 'fenced') return 'fenced';
    if (read instanceof GraphError) return givingBack(claim, endOf(deps, context, read), read);
    const { token, numbers } = read;
    const [before, ...others] = await attachedBefore(claim, wabaId, numbers);
    if (others.length > 0) return severalNumbers;
    if (before !== undefined) return attached(claim, before.held, before.number.id, clock.now());

    const now = clock.now();
    const held = await store.keepHold({ lease, now, until: now + holdOn });
    if (held === undefined)
      return claim.toAttach === undefined ? withoutNumber(wabaId) : notFree(context, claim.toAttach.numberId);
    if (claim.toAttach !== undefined) {
      const mostNumbers = await store.findAccountCap(wabaId, now);
      if (mostNumbers !== undefined && numbers.length >= mostNumbers) return isFull(claim);
    }
    const parts = splitNumber(held.phoneNumber);
    const name = claim.toAttach?.verifiedName ?? (await graph.readAccount(wabaId, token)).name?.slice(0, 75);
    if (parts === undefined) return givingBack(claim, notSplit);
    if (name === undefined || name.length < 2) return givingBack(claim, noName);
    const askedAt = clock.now();
    const attempt = await store.spendAttempt({
      lease,
      now: askedAt,
      objectId: held.id,
      kind: budget.kind,
      since: askedAt - budget.window,
      budget: budget.most,
    });
    if (attempt === undefined) return 'fenced';
    if (!attempt.allowed) {
      const again = attempt.oldestAt + budget.window;
      // For the operator's next try.
      await store.keepHold({ lease, now, until: again + holdOn });
      return budgetSpent(again);
    }
    try {
      const wanted = { wabaId, poolNumberId: held.id, ...parts, verifiedName: name, token };
      const { phoneNumberId } = await graph.addPoolNumber(wanted);
      return attached(claim, held, phoneNumberId, clock.now());
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const end = endOf(deps, context, error, sentences);
      // Meta says that it has not even begun, or has not done it: whoever mends the cause may try again at once.
      if (error.kind === 'throttled' || isRefusal(error))
        await store.returnAttempt({ lease, objectId: held.id, kind: budget.kind, at: askedAt });
      // It is asked no oftener than the budget allows, so this comes to an end.
      const isThere = saysThere(error);
      if (end.next.do !== 'wait' && !isThere) return refusedForGood(claim, end, error);
      const dueAt = end.next.do === 'wait' ? end.next.runAt : 0;
      const runAt = Math.max(dueAt, clock.now() + listingPatience);
      const next = { do: 'wait', step: lease.step, runAt } as const;
      // What Meta says of a number that it lists in a moment is for no person yet.
      return isThere ? { next } : { ...end, next };
    }
  });
  return keepHolding(deps, step);
}
