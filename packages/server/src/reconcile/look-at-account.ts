import { day, minute, second } from '../domain/durations.ts';
import { nextLook, routineLook } from '../domain/look-times.ts';
import type { AccountLease } from '../ports/accounts.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { ReconcileDeps } from './deps.ts';
import { accountUnreadable, withoutNumber } from './orphan-reasons.ts';
import { leaveAccount } from './leave-account.ts';
import type { LookEnd } from './look-end.ts';
import { putAside } from './put-aside.ts';
import { readAccount } from './read-account.ts';
import { askOperator, settleNumber, type Look, type NumberStanding } from './settle-number.ts';

/** A list may show an account whose popup was finished this moment: its page has so long to speak. Milliseconds. */
const pagesTime = 10 * minute;

/** So many looks belong to the page alone; then a person may be asked. */
const looksOfPage = 3;

/** While a page may still bring its claim, milliseconds; after so many looks less often. */
const soon = { wait: 30 * second, looks: 10, later: 10 * minute } as const;

/** Between a look of routine that finds something, and the one that acts on it: its page may be at it. */
const afterRoutine = 5 * minute;

/** How old hearsay may be. Milliseconds. */
const hearsayLasts = 30 * day;

/**
 * Looks at one account that Meta says is ours: its numbers, and whose each of them is. Safe to run again after a crash at
 * any point.
 *
 * @throws GraphError when it should be tried again later
 */
export function lookAtAccount(deps: ReconcileDeps) {
  const { store, clock } = deps;
  const read = readAccount(deps);
  const leave = leaveAccount(deps);
  const settle = settleNumber(deps);
  const ask = askOperator(deps);

  return async (lease: AccountLease): Promise<LookEnd> => {
    const { wabaId, addedAt = 0, looks } = lease;
    const hasLeft = lease.removedAt !== undefined || lease.removedNumbers.length > 0;
    if (!hasLeft && lease.addedAt === undefined && clock.now() < lease.foundAt + pagesTime) {
      return { lookAgainAt: lease.foundAt + pagesTime, settled: false };
    }
    const nothingToDo = { lookAgainAt: undefined, settled: true };
    if (!hasLeft && !deps.options.recovery) return nothingToDo;
    const account = await read(lease);
    const now = clock.now();
    if (hasLeft) {
      const end = await leave(lease, account, now);
      if (end !== undefined) return end;
    }
    if (!deps.options.recovery) return nothingToDo;
    const naming = await store.findClaimsNaming({ wabaId, since: now - hearsayLasts });
    const isRoutine = lease.settledAt !== undefined;
    const isRead = !(account instanceof GraphError);
    const mayAsk = !isRoutine && looks > looksOfPage;
    const look: Look = { lease, token: isRead ? account.token : undefined, naming, mayAsk, now };

    const standings: NumberStanding[] = [];
    for (const number of isRead ? account.numbers : []) {
      const standing = await settle(look, number);
      if (standing === 'fenced') return 'fenced';
      standings.push(standing);
    }
    if (standings.length > 0) await putAsideOrphan(deps, lease, now);

    const routine = { lookAgainAt: routineLook(wabaId, now), settled: true };
    if (standings.includes('soon')) {
      return { lookAgainAt: now + (looks > soon.looks ? soon.later : soon.wait), settled: false };
    }
    const isOpen = standings.includes('open');
    if (isRoutine) return isOpen ? { lookAgainAt: now + afterRoutine, settled: false } : routine;
    const isNews = standings.length === 0 || lease.addedAt !== undefined;
    if (!isOpen && (!isNews || standings.includes('explains'))) return routine;
    const lookAgainAt = nextLook({ looks, since: Math.max(lease.foundAt, addedAt), now });
    if (lookAgainAt !== undefined) return { lookAgainAt, settled: false };
    if (standings.length === 0 && lease.addedAt !== undefined && !(await store.hasClaimOn(wabaId))) {
      const reason = isRead ? withoutNumber(naming) : accountUnreadable(naming);
      if ((await ask(look, reason, undefined)) === 'fenced') return 'fenced';
    }
    return routine;
  };
}

/** The account shows numbers now, and each of them has its claim. */
async function putAsideOrphan(deps: ReconcileDeps, { wabaId }: AccountLease, now: number): Promise<void> {
  const orphan = await deps.store.findClaimOfSession(`orphan:${wabaId}`);
  if (orphan?.status !== 'needs_operator' || orphan.customerId !== '') return;
  const reason = { code: 'numbers_listed', message: 'The account shows its numbers now.' };
  await putAside(deps, { claim: orphan, now, reason });
}
