import { Router } from 'express';
import type { NumbersInNeed } from '../pool/look-over-pool.ts';
import type { PoolVerbs } from '../pool/pool-verbs.ts';
import { sendJson } from './json-body.ts';

/** The operator's route `/overview`: what a console shows at a glance. Times are ISO 8601, UTC. */
export function operatorOverviewRouter({ pool }: { pool: Pick<PoolVerbs, 'lookOver'> }): Router {
  const router = Router();
  router.get('/', async (_req, res) => {
    const { counts, nextExpiryAt, lapsing, dropping } = await pool.lookOver();
    sendJson(res, 200, {
      numbers: counts,
      ...(nextExpiryAt === undefined ? {} : { nextExpiryAt: iso(nextExpiryAt) }),
      lapsing: inNeed(lapsing),
      dropping: inNeed(dropping),
    });
  });
  return router;
}

const iso = (time: number): string => new Date(time).toISOString();

const inNeed = ({ count, first }: NumbersInNeed) => ({
  count,
  first: first.map(({ at, ...number }) => ({ ...number, at: iso(at) })),
});
