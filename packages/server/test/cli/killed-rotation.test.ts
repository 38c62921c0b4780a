import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { cipherOf, lookAtRest, spoiledFor, type AtRest } from '../secrets/support/at-rest.ts';
import { seedOfRun } from '../torture/support/kill-at-random.ts';
import { until } from '../torture/support/until.ts';
import { bundleCli, type Program } from './support/program.ts';
import { meta, resultOf, rotateWith, secret } from './support/rotation.ts';

const isLong = process.env['TEST_LONG'] === '1';
const kills = isLong ? 100 : 4;
const claims = 300;
const [old, fresh] = [secret(0), secret(1)];

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let disk: AtRest;
afterEach(async () => {
  await disk.close();
  await database.drop();
});

describe.each(engines)('secrets rotate on $name', { timeout: 60_000 }, (engine) => {
  const open = async () => {
    database = await engine.createMigrated();
    const store = await openStore(database.address);
    await store.close();
    disk = lookAtRest(database.address);
  };
  const configWith = (...secrets: string[]) => cli.config({ meta, database: database.address, secrets });

  it(
    'can be killed at any moment and run again: every cell opens at any time',
    async () => {
      await open();
      const seed = seedOfRun();
      const chance = chanceOf(seed);
      let [newer, older] = [fresh, old];
      const cells = await disk.seed({ claims, cipher: await cipherOf(older) });
      let partly = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const { keyOf } = await cipherOf(newer);
        const running = cli.start(['secrets', 'rotate', '--config', await configWith(newer, older)]);
        // One of six while it starts, the others while it writes.
        if (kill % 6 !== 5) {
          const goal = chance.below(claims);
          const hasComeSoFar = async () => keyOf(await disk.tokenOf(goal)).isNewest;
          await until('it has come so far', hasComeSoFar, { every: 1 });
        }
        running.signal('SIGKILL');
        await running.ended;

        const after = await disk.cells();
        expect(after, `TORTURE_SEED=${seed}`).toHaveLength(cells);
        expect(await spoiledFor(await cipherOf(newer, older), after), `TORTURE_SEED=${seed}`).toEqual([]);
        const current = after.filter(({ sealed }) => keyOf(sealed).isNewest).length;
        if (current > 0 && current < cells) partly += 1;
        // Another run ends it now and then, and the next secret comes.
        if (chance.below(2) === 0) {
          expect(await rotateWith(cli, await configWith(newer, older))).toMatchObject({ code: 0 });
          expect(await spoiledFor(await cipherOf(newer), await disk.cells())).toEqual([]);
          [newer, older] = [secret(kill + 10), newer];
        }
      }
      expect(partly, `TORTURE_SEED=${seed}`).toBeGreaterThan(kills / 3);
      expect(await rotateWith(cli, await configWith(newer, older))).toMatchObject({ code: 0 });
      expect(await spoiledFor(await cipherOf(newer), await disk.cells())).toEqual([]);
    },
    isLong ? 600_000 : 60_000,
  );

  it('changes a text once when several run at once', async () => {
    await open();
    const cells = await disk.seed({ claims: 300, cipher: await cipherOf(old) });
    const config = await configWith(fresh, old);
    const ends = await Promise.all([1, 2, 3].map(() => rotateWith(cli, config, '--json')));
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ends.map(resultOf).reduce((sum, { sealed }) => sum + sealed, 0)).toBe(cells);
    expect(await spoiledFor(await cipherOf(fresh), await disk.cells())).toEqual([]);
  });
});
