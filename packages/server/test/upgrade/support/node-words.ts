import type { MetaOptions } from '../../../src/index.ts';

/** What a node is started with. */
export interface NodeSettings {
  meta: MetaOptions;
  database: string;
  secret: string;
  /** Whether its background work is started. */
  works: boolean;
  /** Where it posts what the host is told. A node frozen at schema 0004 does not know this, and tells nobody. */
  events?: { url: string; secret: string };
}

/** What a node says, one JSON line each, on its standard output. */
export type NodeWord =
  | { said: 'listening'; port: number }
  | { said: 'started' }
  /** It does not start; why. */
  | { said: 'refused'; error: string; message: string }
  /** The longest delay of its event loop since the last time, milliseconds. */
  | { said: 'loop'; longest: number };
