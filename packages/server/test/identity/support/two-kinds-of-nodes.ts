import type { HostEventDestination } from '../../../src/ports/host-events.ts';
import type { Store } from '../../../src/ports/store.ts';
import { createStore } from '../../../src/store/create-store.ts';
import type { Engine } from '../../../src/store/engine/engine.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';

/** A node on a database that is migrated already. */
export interface Node {
  store: Store;
  /** How often it has read outside a transaction, and begun a transaction. */
  looks: () => number;
}

/**
 * Opens it.
 *
 * @param destinations where the host hears of events; none: nobody hears of any from this node
 * @param wrap puts something around its engine
 */
export function openNode(
  address: string,
  destinations: readonly HostEventDestination[],
  wrap: (engine: Engine) => Engine = (engine) => engine,
): Node {
  let looks = 0;
  const engine = openDatabase(address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: () => undefined,
  });
  const counting: Engine = {
    ...engine,
    reading(act) {
      looks += 1;
      return engine.reading(act);
    },
    write(act) {
      looks += 1;
      return engine.write(act);
    },
  };
  const store = createStore({
    engine: wrap(counting),
    scope: { appId: '1', businessId: '2' },
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs: 60_000,
    newId: systemRandom.id,
    destinations: () => destinations,
  });
  return { store, looks: () => looks };
}
