import { Router } from 'express';
import { z } from 'zod';
import type { syncPool } from '../pool/sync-pool.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { sendJson } from './json-body.ts';
import { numberView } from './number-view.ts';
import { operatorClaimsRouter, type OperatorClaimsRouterDeps } from './operator-claims-router.ts';
import { operatorEventsRouter } from './operator-events-router.ts';
import { page, queryOf, word } from './query-of.ts';
import { staffGuard } from './staff-guard.ts';

/** What the operator's routes are made of. */
export interface OperatorRouterDeps extends OperatorClaimsRouterDeps {
  store: Store;
  clock: Clock;
  syncPool: ReturnType<typeof syncPool>;
}

const numbersQuery = z.object({ ...page, search: word.optional(), status: word.optional() });

/** The routes for BSP staff. The host puts its own authentication in front of them. */
export function operatorRouter(deps: OperatorRouterDeps): Router {
  const { store, clock, syncPool: sync } = deps;
  const router = Router();
  router.use(staffGuard);

  router.get('/numbers', async (req, res) => {
    const { items, nextCursor } = await store.listPool(queryOf(req, numbersQuery));
    sendJson(res, 200, { numbers: items.map((record) => numberView(record, clock.now())), nextCursor });
  });

  router.post('/numbers/sync', async (_req, res) => {
    sendJson(res, 200, await sync());
  });

  router.use('/claims', operatorClaimsRouter(deps));
  router.use('/events', operatorEventsRouter(deps));
  return router;
}
