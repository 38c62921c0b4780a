import { Router } from 'express';
import { z } from 'zod';
import type { ClaimVerbs } from '../claims/claim-verbs.ts';
import { exactly } from '../ports/given.ts';
import type { UndeliveredEvent } from '../ports/host-events.ts';
import type { Store } from '../ports/store.ts';
import { idOf } from './id-of.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import { page, queryOf, word } from './query-of.ts';

/** What the operator's routes about events are made of. */
export interface OperatorEventsRouterDeps {
  store: Store;
  claims: Pick<ClaimVerbs, 'redeliver'>;
}

/** `search` is a claim's id. */
const undeliveredQuery = z.object({
  ...page,
  search: word.optional(),
  state: z.enum(['waiting', 'dead']).optional(),
});

/** The operator's routes under `/events`: what the host was not told yet. */
export function operatorEventsRouter({ store, claims }: OperatorEventsRouterDeps): Router {
  const router = Router();

  router.get('/undelivered', async (req, res) => {
    const { state, ...query } = queryOf(req, undeliveredQuery);
    const { items, nextCursor } = await store.listUndelivered({ ...query, status: state });
    sendJson(res, 200, { events: items.map(undeliveredView), nextCursor });
  });

  router.use(jsonBody);

  router.post('/:id/redeliver', async (req, res) => {
    bodyOf(req, exactly({}));
    const id = idOf(req);
    await claims.redeliver(id);
    sendJson(res, 202, { id, state: 'waiting' });
  });

  return router;
}

/** An event as an operator sees it: what the host would be told, where to, and what went wrong. */
function undeliveredView({ event, destination, state, attempts, lastError }: UndeliveredEvent) {
  return { ...event, destination, state, attempts, ...(lastError === undefined ? {} : { lastError }) };
}
