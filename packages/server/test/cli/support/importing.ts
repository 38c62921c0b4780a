import { expect } from 'vitest';
import { additionsOf, type PoolWorld } from './pool-world.ts';
import type { Ended, Program } from './program.ts';

/** What `pool import --json` prints. */
export interface Summary {
  rows: number;
  added: number;
  known: number;
  refused: { code: string; message: string; rows: number; lines: [number, number][] }[];
  complete: boolean;
  nextLine?: number;
}

export const summaryOf = ({ out }: Ended) => JSON.parse(out) as Summary; // as the command prints it

/** The n-th number of a file that {@link fileOf} writes. */
export const phoneOf = (n: number): string => `+1415${String(2_000_000 + n)}`;

/** Writes a file of so many numbers. Resolves to its path. */
export const fileOf = (cli: Program, count: number): Promise<string> =>
  cli.write('numbers.csv', Array.from({ length: count }, (_none, n) => `${phoneOf(n)}\n`).join(''));

/** Begins an import, and does not wait for its end. */
export const startImport = (cli: Program, file: string, config: string) =>
  cli.start(['pool', 'import', file, '--json', '--config', config], { USER: 'ann' });

/** The numbers that Meta has. */
export const inPool = ({ sim }: PoolWorld) =>
  sim.state().preverifiedNumbers.map(({ phoneNumber }) => phoneNumber);

/** Everything is there, and Meta was never asked twice for the same number. */
export function expectEachOnce(world: PoolWorld, count: number, seed = 0): void {
  expect(new Set(inPool(world)).size, `TORTURE_SEED=${seed}`).toBe(count);
  expect(inPool(world), `TORTURE_SEED=${seed}`).toHaveLength(count);
  const twice = [...additionsOf(world.sim)].filter(([, calls]) => calls !== 1);
  expect(twice, `TORTURE_SEED=${seed}`).toEqual([]);
}
