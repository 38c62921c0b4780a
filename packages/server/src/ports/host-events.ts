import type { HostEventType } from '../domain/host-event-types.ts';

/** Something the host is told: by its `on` handlers, by signed HTTP, or by both. */
export interface HostEvent {
  /** The same in every delivery of this event: what came before is to be ignored. */
  id: string;
  type: HostEventType;
  /** ISO 8601, UTC. */
  occurredAt: string;
  claimId?: string | undefined;
  /** What there is to know, as it was when it happened. JSON. */
  data: Readonly<Record<string, unknown>>;
}

/** Where an event goes: to a function of the host's, or to its address. */
export type HostEventDestination = 'handler' | 'http';

/** The right to deliver one event to one destination, until the lease runs out. */
export interface HostEventLease {
  event: HostEvent;
  destination: HostEventDestination;
  /** This try included. */
  attempts: number;
  /** When it was tried first, milliseconds UTC. */
  firstTriedAt: number;
  fence: number;
}

/** How a try ended. An event that is given up stays as a dead letter. */
export type HostEventEnd =
  { do: 'delivered' } | { do: 'again'; runAt: number; error: string } | { do: 'give_up'; error: string };

/** An event that is not delivered yet, as the operator sees it. */
export interface UndeliveredEvent {
  event: HostEvent;
  destination: HostEventDestination;
  state: 'waiting' | 'dead';
  attempts: number;
  /** What went wrong the last time: the name of an error, or an HTTP status. Never the host's own text. */
  lastError: string | undefined;
}

/** What is told to whom. Each event becomes one row per destination, in the same commit as what it tells of. */
export type HostEventDestinations = (type: HostEventType) => readonly HostEventDestination[];
