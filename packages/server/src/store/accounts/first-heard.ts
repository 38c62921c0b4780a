import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Marks per statement: a body has up to a thousand changes, and a statement only so many parameters. */
const slice = 500;

/** Remembers changes of webhooks by their marks. Resolves to those that were not heard before. */
export async function firstHeard(
  trx: Transaction<Tables>,
  marks: readonly string[],
  at: number,
): Promise<Set<string>> {
  // In one order on every node, so that two transactions cannot wait for each other.
  const distinct = [...new Set(marks)].toSorted();
  const fresh = new Set<string>();
  for (let from = 0; from < distinct.length; from += slice) {
    const rows = await trx
      .insertInto('signup_heard_changes')
      .values(distinct.slice(from, from + slice).map((mark) => ({ mark, at })))
      .onConflict((conflict) => conflict.column('mark').doNothing())
      .returning('mark')
      .execute();
    for (const { mark } of rows) fresh.add(mark);
  }
  return fresh;
}

/** Forgets changes that were heard long ago, a slice at a time. Resolves to how many. */
export async function forgetHeard(
  trx: Transaction<Tables>,
  { before, limit }: { before: number; limit: number },
): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom('signup_heard_changes')
    .where('mark', 'in', (eb) =>
      eb
        .selectFrom('signup_heard_changes')
        .select('mark')
        .where('at', '<', before)
        .orderBy('at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
