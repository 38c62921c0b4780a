import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { poolWorld, type PoolWorld } from '../cli/support/pool-world.ts';
import { bundleCli, type Program } from '../cli/support/program.ts';

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

describe('numbers register', { timeout: 60_000 }, () => {
  it('sets a number of the pool aside for an account, by its telephone number or its id, and leaves the rest to the servers', async () => {
    database = (await engines[0]?.create()) ?? database;
    world = await poolWorld(cli, database.address, { numbers: 2 });
    const { sim, run, json } = world;
    const [one] = sim.state().preverifiedNumbers;
    expect((await run('pool', 'sync')).code).toBe(0);
    const { wabaId = '', phoneNumberId = '' } = sim.signUp({ ownNumber: '+1 555 200 0001' });
    const rows = [{ customerId: 'old', wabaId, phoneNumberId, phoneNumber: '+1 555 200 0001' }];
    const file = await cli.write('claims.json', JSON.stringify(rows));
    expect((await run('claims', 'import', file)).code).toBe(0);

    const said = await run('numbers', 'register', wabaId, one?.phoneNumber ?? '', '--name', 'Lucky Shrub');
    expect(said).toMatchObject({ code: 0, out: '' });
    expect(said.err).toMatch(
      /is set aside for customer old, and the servers put it on the account \d+\..* claims show /s,
    );
    // As the operator's route answers.
    const body = await json('numbers', 'register', wabaId, one?.id ?? '', '--name', 'Lucky Shrub');
    expect(body).toEqual({ claim: expect.objectContaining({ customerId: 'old', step: 'attach_named' }) });
    expect(body).toMatchObject({ claim: { wabaId, status: 'received' } });
    const renamed = await run('numbers', 'register', wabaId, one?.id ?? '', '--name', 'Another');
    expect([renamed.code, renamed.err]).toEqual([1, expect.stringContaining('as “Lucky Shrub” already')]);
    const again = await run('numbers', 'register', wabaId, one?.id ?? '', '--name', 'Lucky Shrub');
    expect(again.err).toContain(`for the account ${wabaId} already: the claim is received.`);
    expect(await json('pool', 'show', one?.id ?? '')).toMatchObject({ number: { state: 'held' } });
    expect(sim.requests({ method: 'POST', path: '/*/phone_numbers' })).toEqual([]);
  });

  it('says in a sentence why it cannot be done', async () => {
    database = (await engines[0]?.create()) ?? database;
    world = await poolWorld(cli, database.address, { numbers: 1 });
    const { sim, run } = world;
    expect((await run('pool', 'sync')).code).toBe(0);
    const id = sim.state().preverifiedNumbers[0]?.id ?? '';
    const unknown = await run('numbers', 'register', '102290129340398', id, '--name', 'Lucky Shrub');
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('Have the customer sign up') });
    expect(await run('numbers', 'register', '102290129340398', id)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--name'),
    });
    const long = await run('numbers', 'register', '102290129340398', id, '--name', 'x');
    expect(long).toMatchObject({ code: 1, err: expect.stringContaining('verifiedName') });
  });
});
