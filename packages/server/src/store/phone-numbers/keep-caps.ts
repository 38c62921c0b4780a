import type { Transaction } from 'kysely';
import type { NumberNews } from '../../domain/number-news.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** What webhooks say of how many numbers Meta allows an account. */
export type AboutCap = Extract<NumberNews, { about: 'cap' }>;

/** Accounts per statement. */
const slice = 200;

/** How many numbers an account may have: the newest word counts, of two for one moment the one that came last. */
export async function keepCaps(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  caps: readonly AboutCap[],
): Promise<void> {
  const newest = new Map<string, AboutCap>();
  for (const cap of caps) {
    const known = newest.get(cap.wabaId);
    if (known === undefined || cap.at >= known.at) newest.set(cap.wabaId, cap);
  }
  // In one order on every node, so that two transactions cannot wait for each other.
  const rows = [...newest.values()]
    .toSorted((a, b) => (a.wabaId < b.wabaId ? -1 : 1))
    .map(({ wabaId, mostNumbers, at }) => ({
      app_id: scope.appId,
      business_id: scope.businessId,
      waba_id: wabaId,
      most_numbers: mostNumbers,
      at,
    }));
  for (let from = 0; from < rows.length; from += slice) {
    await trx
      .insertInto('signup_account_caps')
      .values(rows.slice(from, from + slice))
      .onConflict((conflict) =>
        conflict
          .columns(['app_id', 'business_id', 'waba_id'])
          .doUpdateSet((eb) => ({
            most_numbers: eb.ref('excluded.most_numbers'),
            at: eb.ref('excluded.at'),
          }))
          .whereRef('signup_account_caps.at', '<=', 'excluded.at'),
      )
      .execute();
  }
}
