import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedSignup, type EmbeddedSignup } from '../../src/index.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { cipherOf, closedTo, lookAtRest, type AtRest } from '../secrets/support/at-rest.ts';
import { startNode, type Node } from '../sessions/support/nodes.ts';
import { until } from '../torture/support/until.ts';
import { putUnderLoad } from './support/load.ts';
import { bundleCli, type Program } from './support/program.ts';
import { resultOf, rotateWith, secret } from './support/rotation.ts';

const isLong = process.env['TEST_LONG'] === '1';
const rounds = isLong ? 40 : 3;
const claimsPerRound = 8;
const underWay = new Set<string | undefined>(['received', 'proven', 'registering']);
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
let sim: Simulator;
let node: Node;
let alone: EmbeddedSignup | undefined;
afterEach(async () => {
  await alone?.close();
  await node.close();
  await sim.close();
  await disk.close();
  await database.drop();
});

describe.each(engines)('secrets rotate under load on $name', (engine) => {
  it(
    'loses nothing that is recorded and registered meanwhile, and leaves nothing to the old secret',
    async () => {
      database = await engine.createMigrated();
      sim = await startSimulator({ numbers: 1, onboardingsPerWeek: 1e9, ledgerLimit: 1e6 });
      const deps = { sim, database: database.address, now: () => Date.now() };
      node = await startNode(deps, [old, fresh]);
      await node.signup().start();
      disk = lookAtRest(database.address);
      const config = await cli.config({ meta: sim.meta, database: database.address, secrets: [fresh, old] });
      let sealed = 0;
      const rotate = async (): Promise<number> => {
        const end = await rotateWith(cli, config, '--json');
        expect(end).toMatchObject({ code: 0 });
        sealed += resultOf(end).sealed;
        return resultOf(end).sealed;
      };

      // The server still seals with the old secret, so that what it works on changes under its hands again and again.
      const load = putUnderLoad(node, sim);
      for (let round = 0; round < rounds; round += 1) {
        await load.more(claimsPerRound);
        await rotate();
      }
      await node.restart([fresh, old]);
      await node.signup().start();
      await load.more(claimsPerRound);
      // As the program says: until there is nothing left to seal.
      await until('nothing is left to seal', async () => (await rotate()) === 0);
      await load.more(claimsPerRound);
      await load.stop();

      const ids = [...load.answered];
      const statuses = async () => {
        const claims = await Promise.all(ids.map((id) => node.signup().claims.find(id)));
        return claims.map((claim) => claim?.status);
      };
      await until(
        'no claim is under way',
        async () => !(await statuses()).some((status) => underWay.has(status)),
        { every: 100 },
      );
      // No code was lost on the way: each lives 30 seconds and is sent once.
      expect(new Set(await statuses())).toEqual(new Set(['registered']));
      expect(ids.length).toBeGreaterThanOrEqual((rounds + 2) * claimsPerRound);
      expect(sealed).toBeGreaterThan(rounds * claimsPerRound);

      // The old secret is taken away.
      expect(await closedTo(await cipherOf(fresh), await disk.cells())).toEqual([]);
      alone = await createEmbeddedSignup({
        meta: sim.meta,
        database: database.address,
        secrets: [fresh],
        customer: () => undefined,
      });
      for (const id of ids) {
        const claim = await alone.claims.find(id);
        expect(await alone.accessToken(claim?.wabaId ?? '')).toMatch(/^EAA/);
        expect(await alone.claims.readPin(id, 'ann')).toMatch(/^\d{6}$/);
      }
    },
    isLong ? 600_000 : 60_000,
  );
});
