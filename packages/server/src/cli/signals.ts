import { exitCodeOf } from './exit-codes.ts';

/** Signals that ask a process to end. */
export type StopSignal = keyof typeof exitCodeOf;

/** What the process was asked for. */
export interface Signals {
  /** From now on the first signal aborts this, so that the command can end by itself; the second one ends the process. */
  gracefully(): AbortSignal;
  /** The first one that came. */
  heard(): StopSignal | undefined;
}

/** The part of the process that this needs. */
export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Listens to SIGINT and SIGTERM. Until a command says that it ends by itself, the first one ends the process at once, also where
 * the system would not: the first process of a container.
 */
export function watchSignals(source: SignalSource): Signals {
  const stopping = new AbortController();
  let isGraceful = false;
  let heard: StopSignal | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    source.on(signal, () => {
      if (!isGraceful || heard !== undefined) {
        source.exit(exitCodeOf[signal]);
        return;
      }
      heard = signal;
      stopping.abort();
    });
  }
  return {
    gracefully() {
      isGraceful = true;
      return stopping.signal;
    },
    heard: () => heard,
  };
}
