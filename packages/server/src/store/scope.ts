import type { HostEventDestinations } from '../ports/host-events.ts';
import type { Engine } from './engine/engine.ts';

/** Whose rows a store reads and writes: one database may serve several apps. */
export interface Scope {
  appId: string;
  businessId: string;
}

/** What every query is made with. */
export interface QueryDeps {
  engine: Engine;
  scope: Scope;
  /** How long a worker may be silent before another one takes its work. Milliseconds. */
  leaseMs: number;
  /** A new id, UUIDv7. */
  newId: () => string;
  /** Where the host wants to be told of which event. */
  destinations: HostEventDestinations;
}
