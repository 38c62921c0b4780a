import express, { type Router } from 'express';
import { originOf } from '../request-origin.ts';
import type { Simulation } from '../world/simulation.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import { handleGraphCall } from './handle-graph-call.ts';
import type { RecordedRequest } from '../ledger/request-ledger.ts';

interface Deps {
  readonly simulation: Simulation;
  readonly faults: FaultScript;
  /** Told about every call before its answer goes out. */
  readonly record: (request: RecordedRequest) => void;
}

/** The Graph API under `/<version>/…` and without a version. Mount it last: it answers every path. */
export function graphRoutes({ simulation, faults, record }: Deps): Router {
  const router = express.Router();
  // Every media type arrives as bytes, because Meta reads JSON out of text/plain too.
  router.use(express.raw({ type: () => true, limit: '3mb' }));
  router.use(async (req, res) => {
    const body: unknown = req.body;
    const handled = await handleGraphCall(simulation, faults, {
      method: req.method,
      url: new URL(originOf(req) + req.originalUrl),
      authorization: req.get('authorization'),
      contentType: req.get('content-type'),
      bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    });
    record(handled.record);
    const { reply, delay } = handled;
    if (reply === undefined) {
      req.socket.destroy();
      return;
    }
    if (delay > 0) await simulation.settings.delay(delay);
    const { traceId, version } = handled.record;
    res.set({
      'facebook-api-version': version,
      'x-fb-trace-id': traceId,
      'x-fb-request-id': traceId,
      'cache-control': 'private, no-cache, no-store, must-revalidate',
    });
    if (reply.challenge !== undefined) res.set('www-authenticate', reply.challenge);
    res.status(reply.status).json(reply.body);
  });
  return router;
}
