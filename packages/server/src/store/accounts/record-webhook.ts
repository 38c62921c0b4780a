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
  // What two bodies of one batch bring is news in the first of them only.
  const news = heard.map(({ changes, ...times }) => ({
    ...times,
    events: changes.filter(({ mark }) => fresh.delete(mark)).map(({ event }) => event),
  }));
  const ids = [...new Set(news.flatMap(({ events }) => events.map(({ wabaId }) => wabaId)))].toSorted();
  for (const wabaId of ids) {
    const known = await lockAccount(trx, deps, wabaId);
    const row = news.reduce(
      (before, { now, lookAt, events }) =>
        events
          .filter((event) => event.wabaId === wabaId)
          .reduce((account, event) => after(account, event, { now, lookAt }), before),
      known ?? newAccount(wabaId, deps, at),
    );
    await write(trx, row, known === undefined);
  }
  return news.map(({ events }) => ({ fresh: events.length }));
}

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
  const isOver = account.removed_at !== null && account.removed_at >= event.at;
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

/** An account's row, which nobody else changes until the transaction ends. */
export function lockAccount(
  trx: Transaction<Tables>,
  { engine, scope }: QueryDeps,
  wabaId: string,
): Promise<AccountRow | undefined> {
  return trx
    .selectFrom('signup_accounts')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', wabaId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
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

async function write(trx: Transaction<Tables>, row: AccountRow, isNew: boolean): Promise<void> {
  if (isNew) {
    // Another node may insert it at this moment: the key says so, and the whole act is done again.
    await trx.insertInto('signup_accounts').values(row).execute();
    return;
  }
  const { app_id, business_id, waba_id, lease_until: _until, fence: _fence, ...news } = row;
  await trx
    .updateTable('signup_accounts')
    .set(news)
    .where('app_id', '=', app_id)
    .where('business_id', '=', business_id)
    .where('waba_id', '=', waba_id)
    .execute();
}
