import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { poolWorld, type PoolWorld } from './support/pool-world.ts';
import { bundleCli, type Program } from './support/program.ts';

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
beforeEach(async () => {
  const created = await engines[0]?.create();
  if (created === undefined) throw new Error('no database');
  database = created;
  world = await poolWorld(cli, database.address, { numbers: 2 });
});
afterEach(async () => {
  await world.close();
  await database.drop();
});

describe('pool list', { timeout: 60_000 }, () => {
  it('prints as many as are asked for, and says that there are more', async () => {
    world.sim.seedNumbers({ count: 70, status: 'VERIFIED' });
    await world.run('pool', 'sync');
    const some = await world.run('pool', 'list');
    expect(some.out.trimEnd().split('\n')).toHaveLength(51);
    expect(some.err).toBe('There are more than these 50: use --limit <n> or --all.\n');
    const all = await world.run('pool', 'list', '--all');
    expect(all.out.trimEnd().split('\n')).toHaveLength(73);
    expect(all.err).toBe('');
    expect(await world.json('pool', 'list', '--limit', '7')).toHaveLength(7);
    const lines = (await world.run('pool', 'list', '--all', '--json')).out.trimEnd().split('\n');
    expect(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size).toBe(72);
  });

  it('finds by where a number stands, in our words and in Meta’s, and by a part of it', async () => {
    const now = Date.now();
    world.sim.seedNumbers({
      phoneNumbers: ['+493012345678'],
      status: 'EXPIRED',
      verifiedAt: now - 93 * 864e5,
    });
    world.sim.seedNumbers({ phoneNumbers: ['+493012345679'], status: 'NOT_VERIFIED' });
    await world.run('pool', 'sync');
    const numbers = async (...args: string[]) =>
      ((await world.json('pool', 'list', ...args)) as { phoneNumber: string }[]).map(
        ({ phoneNumber }) => phoneNumber,
      );
    expect(await numbers('--status', 'lapsed')).toEqual(['+493012345678']);
    expect(await numbers('--status', 'unverified')).toEqual(['+493012345679']);
    expect(await numbers('--status', 'free')).toHaveLength(2);
    expect(await numbers('--status', 'VERIFIED')).toHaveLength(2);
    expect(await numbers('--status', 'EXPIRED')).toEqual(['+493012345678']);
    expect((await numbers('--search', '30 1234')).toSorted()).toEqual(['+493012345678', '+493012345679']);
    expect((await numbers())[0]).toBe('+493012345678');
    expect(await numbers('--sort', 'expires')).toEqual(await numbers());
    const ids = ((await world.json('pool', 'list', '--sort', 'id')) as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(await numbers('--status', 'SUSPENDED')).toEqual([]);
    expect(await world.run('pool', 'list', '--search', 'nobody')).toMatchObject({
      code: 0,
      out: '',
      err: 'No number of the pool is like that.\n',
    });
  });

  it('says how to begin when the pool is empty', async () => {
    expect(await world.run('pool', 'list')).toMatchObject({
      code: 0,
      out: '',
      err: 'The pool is empty. Add numbers with `pool add`, or fetch them from Meta with `pool sync`.\n',
    });
  });

  it('ends quietly when nobody reads on', async () => {
    world.sim.seedNumbers({ count: 1_500, status: 'VERIFIED' });
    await world.run('pool', 'sync');
    const end = await cli.shell(`pool list --all --config ${world.config} | head -n 2`);
    expect(end.out.split('\n')).toHaveLength(3);
    expect(end.err).toBe('');
  });
});
