import { isWorkDone, type Fault } from '../faults/fault.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import { onTheWire } from '../faults/wire/send-answer.ts';
import { maskPath, maskSecrets } from '../ledger/mask-secrets.ts';
import type { RecordedRequest } from '../ledger/request-ledger.ts';
import type { Simulation } from '../world/simulation.ts';
import { answerGraphCall, tokenKindOfCall } from './answer-graph-call.ts';
import { replyWithFault } from './call/fault-reply.ts';
import { readCall, type IncomingCall } from './call/incoming-call.ts';
import { Parameters } from './call/parameters.ts';
import { replyTo, type Reply } from './call/reply.ts';

/** What became of a call. */
export interface HandledCall {
  readonly record: RecordedRequest;
  /** What is to be sent, with the fault played on it. */
  readonly reply: Reply;
  readonly fault: Fault | undefined;
}

/** Reads, answers and records one call. Faults come first, then the token, then the limits, then the work. */
export async function handleGraphCall(
  simulation: Simulation,
  faults: FaultScript,
  incoming: IncomingCall,
): Promise<HandledCall> {
  const { settings, clock, ids } = simulation;
  const { method, url, authorization } = incoming;
  const traceId = ids.traceId();
  const { version, path, query, body, problem } = await readCall(settings, incoming);
  const parameters = new Parameters({ ...query, ...body });
  const request = { method, version, path, url, authorization, parameters };
  const token = tokenKindOfCall(simulation, request);
  const now = clock.now();
  const object = throttledObject(simulation, path);
  const fault = faults.take({ method, path, object, now });
  const done = isWorkDone(fault)
    ? replyTo({ profile: settings.profile, traceId }, (headers) => {
        if (problem !== undefined) throw problem;
        return answerGraphCall(simulation, request, headers);
      })
    : undefined;
  const reply = replyWithFault({ settings, traceId, object }, fault, done);
  const { status, errorCode } = onTheWire(reply, fault);
  return {
    record: {
      at: now,
      method,
      path: maskPath(path),
      version,
      query: maskSecrets(query),
      body: maskSecrets(body),
      token,
      status,
      ...(errorCode !== undefined && { errorCode }),
      ...(fault !== undefined && { fault: fault.kind, done: done?.status === 200 }),
      traceId,
    },
    reply,
    fault,
  };
}

/** What a throttle on this path is about: the account for a number of one, or else the node itself, or the app. */
function throttledObject({ world, settings }: Simulation, path: string): string {
  const root = path.split('/')[1] ?? '';
  if (!/^\d+$/.test(root)) return settings.appId;
  return world.phoneNumbers.get(root)?.accountId ?? root;
}
