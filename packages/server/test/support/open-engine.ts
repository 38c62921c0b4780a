import type { Engine } from '../../src/store/engine/engine.ts';
import { openDatabase } from '../../src/store/open-database.ts';

/** A connection to a database, as one node has it. A connection that is lost fails the test. */
export function openEngine(address: string): Engine {
  return openDatabase(address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), // while a file is locked, as in production
    onLostConnection: (error) => {
      throw error;
    },
  });
}
