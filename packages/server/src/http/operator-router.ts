import { claimStatuses } from '@embedded-signup-kit/protocol';
import { Router } from 'express';
import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { syncPool } from '../pool/sync-pool.ts';
import { historyView, operatorClaimView } from './claim-view.ts';
import { HttpProblem } from './http-problem.ts';
import { numberView } from './number-view.ts';

/** What the operator's routes are made of. */
export interface OperatorRouterDeps {
  store: Store;
  clock: Clock;
  syncPool: ReturnType<typeof syncPool>;
}

/** Without control characters: PostgreSQL takes no NUL. */
const word = z
  .string()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must be without control characters');
const page = {
  search: word.optional(),
  cursor: word.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const numbersQuery = z.object({ ...page, status: word.optional() });
const claimsQuery = z.object({ ...page, status: z.enum(claimStatuses).optional() });

/** The routes for BSP staff. The host puts its own authentication in front of them. */
export function operatorRouter({ store, clock, syncPool: sync }: OperatorRouterDeps): Router {
  const router = Router();

  router.get('/numbers', async (req, res) => {
    const { items, nextCursor } = await store.listPool(checked(numbersQuery, req.query));
    res.json({ numbers: items.map((record) => numberView(record, clock.now())), nextCursor });
  });

  router.post('/numbers/sync', async (_req, res) => {
    res.json(await sync());
  });

  router.get('/claims', async (req, res) => {
    const { items, nextCursor } = await store.listClaims(checked(claimsQuery, req.query));
    res.json({ claims: items.map(operatorClaimView), nextCursor });
  });

  router.get('/claims/:id', async (req, res) => {
    const claim = await store.findClaim(req.params.id);
    if (claim === undefined) throw new HttpProblem('not_found', 'There is no claim with this id.');
    const history = await store.claimHistory(claim.id);
    res.json({ claim: operatorClaimView(claim), history: history.map(historyView) });
  });

  return router;
}

function checked<Output>(schema: z.ZodType<Output>, query: unknown): Output {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new HttpProblem(
    'invalid_request',
    'Change the query as named in issues.',
    parsed.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
  );
}
