import { numberState, type NumberState } from '../../domain/number-lifecycle.ts';
import { toPoolRecord } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';

/** Rows that are looked at before others have their turn. */
const slice = 2_000;

/** Counts the pool by state, slice by slice: it may be large, and nothing waits for it. */
export async function countPool(
  { engine, scope }: QueryDeps,
  { now }: { now: number },
  defer: (run: () => void) => void,
): Promise<Record<NumberState, number>> {
  const counts = { unverified: 0, free: 0, held: 0, claimed: 0, lapsed: 0, gone: 0 };
  for (let after: string | undefined = ''; after !== undefined;) {
    const from: string = after;
    const rows = await engine.reading(() =>
      engine.read
        .selectFrom('signup_numbers')
        .selectAll()
        .where('app_id', '=', scope.appId)
        .where('business_id', '=', scope.businessId)
        .where('id', '>', from)
        .orderBy('id')
        .limit(slice)
        .execute(),
    );
    for (const row of rows) counts[numberState(toPoolRecord(row), now)] += 1;
    after = rows.length < slice ? undefined : rows.at(-1)?.id;
    await new Promise<void>((resolve) => defer(resolve));
  }
  return counts;
}
