import { checkOf, finding, type Finding } from '../check.ts';
import { Waits } from '../waits.ts';
import type { PoolCounts } from '../../ports/preflight.ts';

/** There are numbers to offer, as far as the database knows. */
export const checkPool = checkOf('pool', ['database', 'meta.appId', 'meta.businessId'], async ({ facts }) => {
  const { pool } = await facts.database().catch(() => {
    throw new Waits('database');
  });
  if (pool === undefined) throw new Waits('database');
  return { seen: `${pool.free} of ${pool.listed} free`, findings: findingsOf(pool) };
});

function findingsOf({ listed, free, freeAndLapsing }: PoolCounts): Finding[] {
  if (free === 0) {
    return [
      finding(
        'pool_empty',
        listed === 0 ? 'empty' : `none of ${listed} is free`,
        listed === 0
          ? 'Add a number with `embedded-signup pool add`, or `embedded-signup pool sync` if Meta has some: until then customers are offered none.'
          : 'Verify more numbers: `embedded-signup pool list` shows what each of them needs. Until then customers are offered none.',
      ),
    ];
  }
  if (freeAndLapsing === 0) return [];
  return [
    finding(
      'pool_lapsing',
      `${freeAndLapsing} of ${free} free ones lapse within 14 days`,
      'Verify them anew: `embedded-signup pool list --sort expires` shows which, `pool request-code` and `pool verify` do it.',
    ),
  ];
}
