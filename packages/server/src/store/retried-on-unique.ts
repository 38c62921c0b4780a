import type { Engine } from './engine/engine.ts';

/** More than a handful of nodes never write one row between two looks of another. */
const looks = 6;

/** Runs an act again when another node wrote the same row in between: the next time it sees that row. */
export async function retriedOnUnique<T>(engine: Engine, act: () => Promise<T>): Promise<T> {
  for (let look = 1; ; look += 1) {
    try {
      return await act();
    } catch (error) {
      if (look === looks || !engine.isUniqueViolation(error)) throw error;
    }
  }
}
