import { countryOf } from '../domain/country-of.ts';
import type { Clock } from '../ports/clock.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import type { Graph } from '../ports/graph.ts';
import type { PoolRecord } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';

/** What reading and keeping a number takes. */
interface KeepDeps {
  store: Pick<Store, 'keepNumber'>;
  clock: Clock;
}
interface ReadDeps extends KeepDeps {
  graph: Pick<Graph, 'readPoolNumber'>;
}

/** Writes a number as Meta shows it. @throws StoreUnavailableError */
export function keepAsShown(
  { store, clock }: KeepDeps,
  number: Omit<PoolNumber, 'country'>,
): Promise<PoolRecord> {
  const country = countryOf(number.phoneNumber);
  return store.keepNumber({ number: { ...number, country }, now: clock.now() });
}

/** Reads a number at Meta and keeps it. @throws GraphError, StoreUnavailableError */
export async function readAndKeep(deps: ReadDeps, id: string): Promise<PoolRecord> {
  return keepAsShown(deps, await deps.graph.readPoolNumber(id));
}

/** The same where Meta's answer would only be good to have: `undefined` when there is none. @throws StoreUnavailableError */
export async function tryToReadAndKeep(deps: ReadDeps, id: string): Promise<PoolRecord | undefined> {
  try {
    return await readAndKeep(deps, id);
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}
