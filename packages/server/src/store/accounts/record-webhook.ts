import type { Transaction } from 'kysely';
import type { AccountEvent } from '../../domain/account-event.ts';
import type { AccountChange } from '../../ports/accounts.ts';
import type { QueryDeps } from '../scope.ts';
import type { AccountRow } from '../account-tables.ts';
import type { Tables } from '../tables.ts';
import { firstHeard } from './first-heard.ts';

/** What `recordWebhook` is told. */
export interface HeardWebhook {
  now: number;
  lookAt: number;
  changes: readonly AccountChange[];
}

/** Keeps many webhooks in one transaction: the changes that are news, and the looks at accounts that follow from them. */
export async function recordWebhooks(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  heard: readonly HeardWebhook[],
): Promise<{ fresh: number }[]> {
  const at = Math.max(...heard.map(({ now }) => now));
  const marks = heard.flatMap(({ changes }) => changes.map(({ mark }) => mark));
  const fresh = await firstHeard(trx, marks, at);
  const news = new Map<string, { event: AccountEvent; now: number; lookAt: number }[]>();
  const counts = heard.map(({ changes, ...times }) => {
    // What two bodies of one batch bring is news in the first of them only.
    const first = changes.filter(({ mark }) => fresh.delete(mark));
    for (const { event } of first) {
      const known = news.get(event.wabaId);
      if (known === undefined) news.set(event.wabaId, [{ event, ...times }]);
      else known.push({ event, ...times });
    }
    return { fresh: first.length };
  });
  // In one order on every node, so that two transactions cannot wait for each other.
  const ids = [...news.keys()].toSorted();
  for (let from = 0; from < ids.length; from += slice) {
    const some = ids.slice(from, from + slice);
    const known = await lockAccounts(trx, deps, some);
    const rows = some.map((wabaId) =>
      (news.get(wabaId) ?? []).reduce(
        (account, { event, ...times }) => after(account, event, times),
        known.get(wabaId) ?? newAccount(wabaId, deps, at),
      ),
    );
    await insert(
      trx,
      rows.filter((row) => !known.has(row.waba_id)),
    );
    await update(
      trx,
      rows.filter((row) => known.has(row.waba_id)),
    );
  }
  return counts;
}

/** Accounts per statement. */
const slice = 500;

/** An account as the event leaves it. An older event never undoes a newer one. */
function after(
  account: AccountRow,
  event: AccountEvent,
  { now, lookAt }: { now: number; lookAt: number },
): AccountRow {
  if (event.kind === 'number_removed') {
    const removed = removedNumbers(account);
    const at = Math.max(event.at, removed[event.phoneNumber] ?? 0);
    const numbers = JSON.stringify({ ...removed, [event.phoneNumber]: at });
    return { ...withNews(account, now), removed_numbers: numbers };
  }
  const owner = { owner_business_id: event.ownerBusinessId ?? account.owner_business_id };
  if (event.kind === 'removed') {
    return { ...withNews(account, now), ...owner, removed_at: latest(account.removed_at, event.at) };
  }
  const added = { ...account, ...owner, added_at: latest(account.added_at, event.at) };
  // Both within one second say nothing of their order: Meta is asked then.
  const isOver = account.removed_at !== null && account.removed_at > event.at;
  return isOver ? added : withNews(added, lookAt);
}

const latest = (before: number | null, at: number): number => Math.max(before ?? at, at);

function withNews(account: AccountRow, lookAt: number): AccountRow {
  return {
    ...account,
    run_at: Math.min(account.run_at ?? lookAt, lookAt),
    looks: 0,
    settled_at: null,
    wakes: account.wakes + 1,
  };
}

/** Numbers that left an account alone, by their digits, with Meta's time. */
export function removedNumbers({
  removed_numbers,
}: Pick<AccountRow, 'removed_numbers'>): Record<string, number> {
  return JSON.parse(removed_numbers) as Record<string, number>; // written here alone
}

/** Accounts' rows, which nobody else changes until the transaction ends. */
async function lockAccounts(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  wabaIds: readonly string[],
): Promise<Map<string, AccountRow>> {
  const rows = await trx
    .selectFrom('signup_accounts')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', 'in', wabaIds)
    .orderBy('waba_id')
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.waba_id, row]));
}

/** An account of which nothing was heard before. */
export function newAccount(wabaId: string, { scope }: QueryDeps, now: number): AccountRow {
  return {
    app_id: scope.appId,
    business_id: scope.businessId,
    waba_id: wabaId,
    owner_business_id: null,
    found_at: now,
    added_at: null,
    removed_at: null,
    removed_numbers: '{}',
    settled_at: null,
    run_at: null,
    looks: 0,
    lease_until: null,
    fence: 0,
    wakes: 0,
  };
}

async function insert(trx: Transaction<Tables>, rows: AccountRow[]): Promise<void> {
  if (rows.length === 0) return;
  // Another node may insert one at this moment: the key says so, and the whole act is done again.
  await trx.insertInto('signup_accounts').values(rows).execute();
}

/** Rows that are there, and locked. Leases are not ours to write. */
async function update(trx: Transaction<Tables>, rows: AccountRow[]): Promise<void> {
  if (rows.length === 0) return;
  await trx
    .insertInto('signup_accounts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'business_id', 'waba_id']).doUpdateSet((eb) => ({
        owner_business_id: eb.ref('excluded.owner_business_id'),
        added_at: eb.ref('excluded.added_at'),
        removed_at: eb.ref('excluded.removed_at'),
        removed_numbers: eb.ref('excluded.removed_numbers'),
        run_at: eb.ref('excluded.run_at'),
        looks: eb.ref('excluded.looks'),
        settled_at: eb.ref('excluded.settled_at'),
        wakes: eb.ref('excluded.wakes'),
      })),
    )
    .execute();
}
