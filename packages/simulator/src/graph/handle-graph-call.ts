import type { Json } from '../json.ts';
import type { ErrorProfile, Settings } from '../settings.ts';
import type { Simulation } from '../world/simulation.ts';
import { answerGraphCall, tokenKindOfCall } from './answer-graph-call.ts';
import { parseGraphPath } from './call/api-version.ts';
import type { Fault, FaultScript } from '../faults/fault-script.ts';
import { challengeHeader, errorBody, GraphError } from './errors/graph-error.ts';
import { Parameters } from './call/parameters.ts';
import { readBody } from './call/read-parameters.ts';
import { maskSecrets, type RecordedRequest } from '../ledger/request-ledger.ts';

/** A Graph call as it came over HTTP. */
export interface IncomingCall {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** An answer ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly errorCode?: number;
  /** Value of `WWW-Authenticate`. */
  readonly challenge?: string | undefined;
}

/** What became of a call. */
export interface HandledCall {
  readonly record: RecordedRequest;
  /** Undefined when the connection is to be broken instead. */
  readonly reply: Reply | undefined;
  /** How long to wait before the reply, in ms of real time. */
  readonly delay: number;
}

/** Reads, answers and records one call, with the fault that the script has for it. */
export async function handleGraphCall(
  simulation: Simulation,
  faults: FaultScript,
  incoming: IncomingCall,
): Promise<HandledCall> {
  const { settings, clock, ids } = simulation;
  const { method, url, authorization } = incoming;
  const traceId = ids.traceId();
  const { version, path, query, body, problem } = await readCall(settings, incoming);
  const request = { method, path, url, authorization, parameters: new Parameters({ ...query, ...body }) };
  const token = tokenKindOfCall(simulation, request);
  const fault = faults.take(method, path);
  const reply = replyTo(settings.profile, traceId, () => {
    if (fault?.kind === 'reset') return null;
    if (fault?.kind === 'error') throw scriptedError(fault);
    if (problem !== undefined) throw problem;
    return answerGraphCall(simulation, request);
  });
  const answered = fault?.kind !== 'reset' && fault?.kind !== 'lost';
  return {
    record: {
      at: clock.now(),
      method,
      path,
      version,
      query: maskSecrets(query),
      body: maskSecrets(body),
      token,
      status: answered ? reply.status : undefined,
      ...(answered && reply.errorCode !== undefined && { errorCode: reply.errorCode }),
      ...(fault !== undefined && { fault: fault.kind }),
      traceId,
    },
    reply: answered ? reply : undefined,
    delay: fault?.kind === 'slow' ? fault.ms : 0,
  };
}

interface ReadCall {
  readonly version: string;
  readonly path: string;
  readonly query: Record<string, unknown>;
  readonly body: Record<string, unknown>;
  /** Why the call cannot be answered, when it could not be read. */
  readonly problem?: GraphError;
}

async function readCall({ graphVersions }: Settings, incoming: IncomingCall): Promise<ReadCall> {
  const { url } = incoming;
  const query = Object.fromEntries(url.searchParams);
  let asRead: ReadCall = { version: graphVersions.at(-1) ?? '', path: url.pathname, query, body: {} };
  try {
    asRead = { ...asRead, ...parseGraphPath(url.pathname, graphVersions) };
    return { ...asRead, body: await readBody(incoming) };
  } catch (problem) {
    if (!(problem instanceof GraphError)) throw problem;
    return { ...asRead, problem };
  }
}

function replyTo(profile: ErrorProfile, traceId: string, work: () => Json): Reply {
  try {
    return { status: 200, body: work() };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const form = error.forms[profile];
    const { status, code: errorCode } = form;
    return { status, body: errorBody(form, traceId), errorCode, challenge: challengeHeader(form) };
  }
}

function scriptedError({ status, error }: Extract<Fault, { kind: 'error' }>): GraphError {
  const { code, message, type, error_subcode: subcode, is_transient: isTransient } = error;
  return new GraphError({ status, code, message, type, subcode, isTransient });
}
