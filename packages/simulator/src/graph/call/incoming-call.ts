import type { Settings } from '../../settings/settings.ts';
import { GraphError } from '../errors/graph-error.ts';
import { parseGraphPath } from './api-version.ts';
import { readBody } from './read-parameters.ts';

/** A Graph call as it came over HTTP. */
export interface IncomingCall {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
  /** Why the body could not be had, when it could not. */
  readonly problem?: GraphError | undefined;
}

/** A call taken apart, as far as it could be. */
export interface ReadCall {
  readonly version: string;
  /** Without version. */
  readonly path: string;
  readonly query: Record<string, unknown>;
  readonly body: Record<string, unknown>;
  /** Why the call cannot be answered, when it could not be read. */
  readonly problem?: GraphError | undefined;
}

/** Takes a call apart. What is wrong with it comes back as `problem`, so that it is recorded all the same. */
export async function readCall({ graphVersions }: Settings, incoming: IncomingCall): Promise<ReadCall> {
  const { url, problem } = incoming;
  const query = Object.fromEntries(url.searchParams);
  let asRead: ReadCall = { version: graphVersions.at(-1) ?? '', path: url.pathname, query, body: {} };
  try {
    asRead = { ...asRead, ...parseGraphPath(url.pathname, graphVersions) };
    return { ...asRead, body: await readBody(incoming), problem };
  } catch (unreadable) {
    if (!(unreadable instanceof GraphError)) throw unreadable;
    return { ...asRead, problem: unreadable };
  }
}
