import { day, minute, second } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { budgetSpent, type CallBudget } from './budget-spent.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { needsOperator } from './verdicts.ts';
import type { Sentences } from './what-to-do.ts';
import { endOf, withFailures } from './with-failures.ts';

const budget: CallBudget = { kind: 'credit', most: 3, window: day, action: 'share the credit line' };

/** Looks at an account on which Meta has attached the line, until a person is asked why it does not show. */
const mostLooks = 6;

/** A line that was attached shows on the account within this time, milliseconds. */
const shownWithin = minute;
const betweenLooks = 10 * second;

/**
 * Lets the BSP's credit line pay for the account (Meta, "Share and revoke credit lines"). What is attached can never be
 * changed, so the account is looked at first, and one that is paid for already is left as it is: also after an answer that
 * got lost. Each attempt is on disk before it is made.
 */
export function shareCredit(deps: RegistrationDeps): Step {
  const { graph, store, clock, options } = deps;
  const step: Step = async ({ claim, lease }) => {
    const { wabaId } = claim;
    const { creditLine } = options;
    // Taken out of the configuration while a claim waited.
    if (creditLine === undefined) return goOn('no credit line is configured');
    if (wabaId === undefined) throw new Error(`The proven claim ${claim.id} has no account.`);
    await graph.assignUser({ wabaId, userId: creditLine.systemUserId });
    const token = await customerToken(deps, claim);
    const isPaidFor = async () => (await graph.readAccount(wabaId, token)).fundingId !== undefined;
    const shared = claim.creditAllocationId !== undefined;
    if (await isPaidFor()) {
      return goOn(shared ? 'credit line shared' : 'the account is paid for: nothing more is attached');
    }
    if (shared && lease.attempts >= mostLooks) return notShown;
    if (!shared) {
      const now = clock.now();
      const attempt = await store.spendAttempt({
        lease,
        now,
        objectId: wabaId,
        kind: budget.kind,
        since: now - budget.window,
        budget: budget.most,
        apart: shownWithin,
      });
      if (attempt === undefined) return 'fenced';
      // Another claim on this account, or this one before an answer got lost, has just shared it: look again first.
      if (!attempt.allowed && attempt.tooSoon) return lookAgain(now + betweenLooks);
      if (!attempt.allowed) return budgetSpent(budget, attempt.oldestAt);
      const wanted = { creditLineId: creditLine.id, wabaId, currency: creditLine.currency };
      let allocationId: string | undefined;
      try {
        ({ allocationId } = await graph.shareCredit(wanted));
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        const end = endOf(deps, { claim, lease }, error, sentences);
        if (end.next.do !== 'wait') return end;
        // Perhaps it was attached and the answer got lost: it has its time to show.
        const runAt = Math.max(end.next.runAt, clock.now() + shownWithin);
        return { ...end, next: { ...end.next, runAt } };
      }
      if (
        allocationId !== undefined &&
        !(await store.keepCreditAllocation({ lease, now: clock.now(), allocationId }))
      ) {
        return 'fenced';
      }
      if (await isPaidFor()) return goOn('credit line shared');
    }
    return lookAgain(clock.now() + lease.attempts * 5 * second);
  };
  return withFailures(deps, step, sentences);
}

const lookAgain = (runAt: number): StepEnd => ({ next: { do: 'wait', step: 'credit', runAt } });

const goOn = (what: string): StepEnd => ({
  history: line(what),
  reason: null,
  next: { do: 'go', step: 'register' },
});

const notShown = needsOperator(
  'credit_not_attached',
  'Meta shared the credit line, but the account does not show it. Look at its payment in WhatsApp Manager, then have the claim tried again.',
);

const refused =
  'Meta does not let the credit line pay for this account. Check creditLine in the configuration: its id, its systemUserId (the one whose token meta.systemUserToken is, an admin), and that its currency is the one of the account. Then have the claim tried again.';

/** Mostly about the BSP's own token and credit line here, not about the customer. */
const sentences: Partial<Sentences> = {
  auth: 'Meta does not take a token while the credit line is shared. Check meta.systemUserToken; if it is right, ask the customer to sign up again.',
  permission: refused,
  not_found: refused,
  invalid_input: refused,
  payment_needed: refused,
};
