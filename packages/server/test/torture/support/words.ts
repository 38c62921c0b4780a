import type { MetaOptions } from '../../../src/index.ts';

/** A port of the kit at which a host can be made to die. */
export type Port = 'meta' | 'cipher' | 'random' | 'clock';

/** Every port. */
export const allPorts: readonly Port[] = ['meta', 'cipher', 'random', 'clock'];

/** Where a host stops: at the n-th call of some ports, counted from 1 from when it is told. */
export interface Trap {
  ports: readonly Port[];
  at: number;
  /** `before` the call is made, or `after` it was and nobody has seen its answer. */
  side: 'before' | 'after';
  /** `die`: kill -9. `sleep`: the process stands still until somebody wakes it, as under a debugger or a paused machine. */
  act: 'die' | 'sleep';
}

/** What a host is started with. */
export interface HostSettings {
  meta: MetaOptions;
  database: string;
  secret: string;
}

/** What the test tells a host. The host answers each with the names of the port calls that it counted so far. */
export type ToHost = { do: 'trap'; trap: Trap } | { do: 'count'; ports: readonly Port[] };

/**
 * What a host says, one JSON line each, on its standard output: written at once, so that nothing said is lost when it is
 * killed the moment after.
 */
export type FromHost =
  | { said: 'listening'; port: number }
  | { said: 'started' }
  /** A secret that goes out to Meta, as a hash: the code of an exchange, or the PIN of a registration. */
  | { said: 'secret'; kind: 'code' | 'pin'; of: string; hash: string }
  /** A connection was accepted: the port at its other end. */
  | { said: 'accepted'; from: number }
  /** A trap sent it to sleep: nothing is done from here on until it is woken up. */
  | { said: 'asleep' };
