/** Numbers in [0, 1). */
export type Random = () => number;

/** Numbers that go on from a place which can be kept: one whole number from 0 to 2^32 - 1. */
export interface SeededRandom extends Random {
  place(): number;
  goOnFrom(place: number): void;
}

/**
 * A small seeded generator (mulberry32): the same seed gives the same ids, codes and tokens in every run.
 * Predictable by design; nothing the simulator issues protects anything.
 */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(next, {
    place: () => state,
    goOnFrom(place: number) {
      state = place >>> 0;
    },
  });
}
