import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express';
import type { FaultScript } from '../faults/fault-script.ts';
import { sendAnswer } from '../faults/wire/send-answer.ts';
import { isJsonObject } from '../json.ts';
import type { RecordedRequest } from '../ledger/request-ledger.ts';
import { originOf } from '../request-origin.ts';
import type { Simulation } from '../world/simulation.ts';
import { invalidParameter } from './errors/general-errors.ts';
import type { GraphError } from './errors/graph-error.ts';
import { handleGraphCall } from './handle-graph-call.ts';

interface Deps {
  readonly simulation: Simulation;
  readonly faults: FaultScript;
  /** Told about every call before its answer goes out. */
  readonly record: (request: RecordedRequest, res: Response) => void;
  /** Refuses connections for so many ms of real time; undefined where nothing can. */
  readonly refuse: ((ms: number) => void) | undefined;
}

/** Larger bodies are an error; Meta documents no limit for these calls. */
const BODY_LIMIT = 3_000_000;

/** `x-fb-rev`: the revision of Meta's code that answered. */
const REVISION = '1030000000';

/** The Graph API under `/<version>/…` and without a version. Mount it last: it answers every path. */
export function graphRoutes(deps: Deps): Router {
  const router = express.Router();
  // Every media type arrives as bytes, because Meta reads JSON out of text/plain too.
  router.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  router.use((req, res) => answer(deps, req, res, undefined));
  const unreadable: ErrorRequestHandler = async (error: unknown, req, res, next) => {
    const problem = bodyProblem(error);
    // Whoever broke the connection while sending has not made a call.
    if (isJsonObject(error) && error['type'] === 'request.aborted') req.socket.destroy();
    else if (problem === undefined || res.headersSent) next(error);
    else await answer(deps, req, res, problem);
  };
  router.use(unreadable);
  return router;
}

async function answer(
  { simulation, faults, record, refuse }: Deps,
  req: Request,
  res: Response,
  problem: GraphError | undefined,
): Promise<void> {
  const body: unknown = req.body;
  const handled = await handleGraphCall(simulation, faults, {
    method: req.method,
    url: addressOf(req),
    authorization: req.get('authorization'),
    contentType: req.get('content-type'),
    bytes: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    problem,
  });
  record(handled.record, res);
  const { reply, fault } = handled;
  const { traceId, version } = handled.record;
  const headers = {
    // By Meta's clock, which is the simulator's: whoever compares clocks with Meta compares with that one.
    date: new Date(simulation.clock.now()).toUTCString(),
    'facebook-api-version': version,
    'x-fb-trace-id': traceId,
    'x-fb-request-id': traceId,
    'x-fb-rev': REVISION,
    'cache-control': 'private, no-cache, no-store, must-revalidate',
    ...reply.headers,
  };
  const plain = { status: reply.status, headers, body: JSON.stringify(reply.body) };
  await sendAnswer({ delay: simulation.settings.delay, refuse }, { req, res }, plain, fault);
}

/** The full address of a call; a `Host` header that makes no address is passed over. */
function addressOf(req: Request): URL {
  const address = originOf(req) + req.originalUrl;
  return new URL(URL.canParse(address) ? address : `http://localhost/${req.path.replace(/^\/+/, '')}`);
}

/** What the body parser holds against a body, as Meta would put it; undefined for any other error. */
function bodyProblem(error: unknown): GraphError | undefined {
  if (!isJsonObject(error)) return undefined;
  if (error['type'] === 'entity.too.large') return invalidParameter('the body is too large');
  const { status } = error;
  return status === 400 || status === 415 ? invalidParameter('the body could not be read') : undefined;
}
