import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '../support/chance.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { until } from '../torture/support/until.ts';
import { expectEachOnce, fileOf, inPool, startImport, summaryOf } from './support/importing.ts';
import { poolWorld, type PoolWorld } from './support/pool-world.ts';
import { bundleCli, type Program } from './support/program.ts';

const isLong = process.env['TEST_LONG'] === '1';
const many = isLong ? 10_000 : 300;

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let world: PoolWorld;
afterEach(async () => {
  await world.close();
  await database.drop();
});

async function open(engine = engines[0]): Promise<void> {
  if (engine === undefined) throw new Error('no engine');
  database = await engine.create();
  world = await poolWorld(cli, database.address);
}

describe.each(engines)('pool import on $name', (engine) => {
  it(
    'can be killed at any moment and run again: each number is added exactly once',
    async () => {
      await open(engine);
      const file = await fileOf(cli, many);
      const seed = seedOfRun();
      const chance = chanceOf(seed);
      // Twice: somewhere in the first half, and somewhere in the rest. Of a call of a killed process Meta's list is
      // believed after two minutes, so each run comes three minutes after the one before.
      for (const [minutes, from, to] of [
        [0, 1, many / 2],
        [3, many / 2, many - 20],
      ] as const) {
        const goal = from + chance.below(to - from);
        const running = startImport(cli, file, await world.configLater(minutes));
        await until('it has come so far', () => inPool(world).length >= goal, {
          every: isLong ? 100 : 1,
          ms: 300_000,
        });
        running.signal('SIGKILL');
        expect(await running.ended, `TORTURE_SEED=${seed}`).toMatchObject({ signal: 'SIGKILL' });
        expect(inPool(world).length, `TORTURE_SEED=${seed}`).toBeLessThan(many);
      }
      const last = await startImport(cli, file, await world.configLater(6)).ended;
      expect(last.code, `TORTURE_SEED=${seed} ${last.err}`).toBe(0);
      const { rows, added, known, complete } = summaryOf(last);
      expect([rows, added + known, complete], `TORTURE_SEED=${seed}`).toEqual([many, many, true]);
      expectEachOnce(world, many, seed);
    },
    isLong ? 900_000 : 90_000,
  );
});
