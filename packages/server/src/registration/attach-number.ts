import { day, durations, hour, minute } from '../domain/durations.ts';
import { splitNumber } from '../domain/split-number.ts';
import type { AccountNumber } from '../ports/graph.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim, PoolRecord } from '../ports/records.ts';
import type { Step } from '../ports/step.ts';
import { customerToken } from '../ports/customer-token.ts';
import { keepHolding } from './keep-holding.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { accountOfAnother, needsOperator, withoutNumber, type Verdict } from './verdicts.ts';
import { endOf, withFailures } from './with-failures.ts';

/** Calls per number in a day: one, and one after an answer that got lost. */
const budget = { kind: 'attach', most: 2, window: day } as const;

/** How much longer the number is held while it is put on the account. Milliseconds. */
const holdOn = hour;

/** Meta lists a new number within moments: sooner, a look would not say whether the call was done. */
const listingPatience = minute;

/** Meta's word that the account has the number already ("Error codes"), as a code or as a subcode of 100. */
const hasItAlready = 2388012;

/**
 * Puts the number that was held for the customer on their account, when they finished without one and the host wants
 * that (Meta, "Pre-verified phone numbers", "Registering programmatically"). Meta takes the number out of the pool at
 * once, so after an answer that got lost the account is read first, and nothing is sent blindly.
 */
export function attachNumber(deps: RegistrationDeps): Step {
  const { graph, store, clock } = deps;

  /** A number of the pool that this customer held, that no other claim has, and that is on their account by now. */
  const attachedBefore = async (claim: Claim, listed: readonly AccountNumber[]) => {
    const found: { number: AccountNumber; held: PoolRecord }[] = [];
    for (const number of listed) {
      const { displayPhoneNumber: phoneNumber } = number;
      const known = await store.findPoolNumber({ phoneNumber, customerId: claim.customerId });
      if (known === undefined || !known.heldByCustomer) continue;
      const { claimId } = known.number;
      if (claimId === undefined || claimId === claim.id) found.push({ number, held: known.number });
    }
    return found;
  };

  const step = withFailures(deps, async (context) => {
    const { claim, lease } = context;
    const { wabaId, customerId } = claim;
    if (wabaId === undefined) throw new Error(`The claim ${claim.id} has no account to attach a number to.`);
    const isOfAnother =
      claim.assignedAt === undefined &&
      (await store.findAccountOfAnother({ wabaId, customerId })) !== undefined;
    if (isOfAnother) return accountOfAnother();
    const token = await customerToken(deps, claim);
    const listed: AccountNumber[] = [];
    for await (const number of graph.listAccountNumbers(wabaId, token)) listed.push(number);
    const [before, ...others] = await attachedBefore(claim, listed);
    if (others.length > 0) return severalNumbers;
    if (before !== undefined) return attached(claim, before.held, before.number.id, clock.now());

    const now = clock.now();
    const held = await store.keepHold({ lease, now, until: now + holdOn });
    if (held === undefined) return withoutNumber(wabaId);
    const parts = splitNumber(held.phoneNumber);
    const name = (await graph.readAccount(wabaId, token)).name?.slice(0, 75);
    if (parts === undefined || name === undefined || name.length < 2) return noName;
    const attempt = await store.spendAttempt({
      lease,
      now: clock.now(),
      objectId: held.id,
      kind: budget.kind,
      since: clock.now() - budget.window,
      budget: budget.most,
    });
    if (attempt === undefined) return 'fenced';
    if (!attempt.allowed) {
      // For the operator's next try.
      await store.keepHold({ lease, now, until: attempt.oldestAt + budget.window + holdOn });
      return budgetSpent;
    }
    try {
      const wanted = { wabaId, poolNumberId: held.id, ...parts, verifiedName: name, token };
      const { phoneNumberId } = await graph.addPoolNumber(wanted);
      return attached(claim, held, phoneNumberId, clock.now());
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const end = endOf(deps, context, error, sentences);
      // Meta says that it has not even begun.
      if (error.kind === 'throttled')
        await store.returnAttempt({ lease, objectId: held.id, kind: budget.kind });
      const { code, subcode } = error.facts;
      const isThere = (code === hasItAlready || subcode === hasItAlready) && lease.attempts < mostLooks;
      if (end.next.do !== 'wait' && !isThere) return end;
      const dueAt = end.next.do === 'wait' ? end.next.runAt : 0;
      const runAt = Math.max(dueAt, clock.now() + listingPatience);
      const next = { do: 'wait', step: 'attach', runAt } as const;
      // What Meta says of a number that it lists in a moment is for no person yet.
      return isThere ? { next } : { ...end, next };
    }
  });
  return keepHolding(deps, step);
}

/** Looks at a list that does not show what Meta says is on it. */
const mostLooks = 5;

function attached(claim: Claim, held: PoolRecord, phoneNumberId: string, now: number): Verdict {
  return {
    event: 'proven',
    patch: {
      phoneNumberId,
      phoneNumber: held.phoneNumber,
      displayPhoneNumber: held.displayPhoneNumber,
      numberSource: 'pool',
      poolNumberId: held.id,
      provenAt: now,
      registerBy: claim.createdAt + durations.registerBy,
    },
    reason: null,
    history: line('held number put on the account'),
    next: { do: 'go', step: 'subscribe' },
  };
}

const severalNumbers = needsOperator(
  'several_numbers',
  'The customer finished without a number, and several of the pool that they held are on their account. Assign the claim to one of them.',
);
const noName = needsOperator(
  'number_not_attached',
  'The held number cannot be put on the account: Meta wants the account’s name for it, and gives none. Add the number in WhatsApp Manager and assign the claim to it, or dismiss the claim.',
);
const budgetSpent = needsOperator(
  'attach_budget_spent',
  'It was tried twice in 24 hours to put the held number on the account. Look into WhatsApp Manager whether it is there, then have the claim tried again.',
);

const refused =
  'Meta does not put the held number on this account, and it stays in the pool. Look at the account in WhatsApp Manager: whether it may have another number, and whether the business of the app is a Solution Partner. Then have the claim tried again, or dismiss it.';

const sentences = {
  permission: refused,
  not_found: refused,
  invalid_input: refused,
  number_refused: refused,
};
