import { Router } from 'express';
import type { Store } from '../ports/store.ts';

/** What the health routes are made of. */
export interface HealthRouterDeps {
  store: Store;
  isDraining: () => boolean;
}

/** `/healthz`: the process is alive. `/readyz`: it may be given requests. */
export function healthRouter({ store, isDraining }: HealthRouterDeps): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'alive' });
  });
  router.get('/readyz', async (_req, res) => {
    if (isDraining()) {
      res.status(503).json({ status: 'draining' });
      return;
    }
    const reachable = await store.ping().then(
      () => true,
      () => false,
    );
    res.status(reachable ? 200 : 503).json({ status: reachable ? 'ready' : 'database not ready' });
  });
  return router;
}
