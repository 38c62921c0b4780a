import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { poolWorld, secrets, type PoolWorld } from './support/pool-world.ts';
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

const firstId = () => world.sim.state().preverifiedNumbers[0]?.id ?? '';

describe('a command about a number', { timeout: 60_000 }, () => {
  it('says so when there is no such number', async () => {
    const verbs = ['show', 'request-code', 'verify', 'share', 'unshare', 'partners', 'delete'];
    const more: Record<string, string[]> = {
      verify: ['123456'],
      share: ['1'],
      unshare: ['1'],
      delete: ['--yes'],
    };
    for (const end of await Promise.all(
      verbs.map((verb) => world.run('pool', verb, '404', ...(more[verb] ?? []), '--json')),
    )) {
      // A failure is told as a sentence, and to stderr, also to a program that reads JSON.
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toBe(
        'error: The pool has no number with the id 404. A telephone number is written with the plus and its calling code, like +1 555-010-0001. Look it up with `pool list`, or run `pool sync`.\n',
      );
    }
  });

  it('refuses one without its calling code, though another country’s has its digits', async () => {
    // Of Alabama, and of Singapore.
    world.sim.seedNumbers({ phoneNumbers: ['+16582345678', '+6582345678'], status: 'VERIFIED' });
    expect((await world.run('pool', 'sync')).code).toBe(0);
    const { wabaId = '', phoneNumberId = '' } = world.sim.signUp({ ownNumber: '+1 555 200 0001' });
    const claims = [{ customerId: 'ada', wabaId, phoneNumberId, phoneNumber: '+1 555 200 0001' }];
    await world.run('claims', 'import', await cli.write('claims.json', JSON.stringify(claims)));
    const commands = [
      ['pool', 'show'],
      ['pool', 'delete', '--yes', '--force'],
      ['pool', 'share', '999'],
      ['numbers', 'register', wabaId, '--name', 'Lucky Shrub'],
    ];
    for (const national of ['(658) 234-5678', '6582345678']) {
      for (const [group = '', verb = '', ...rest] of commands) {
        const at = verb === 'register' ? 1 : 0;
        const said = await world.run(group, verb, ...rest.slice(0, at), national, ...rest.slice(at));
        expect([verb, said.code, said.out]).toEqual([verb, 1, '']);
        expect(said.err).toMatch(/^error: .*with the plus/);
      }
    }
    expect(await world.json('pool', 'list', '--status', 'held')).toEqual([]);
    expect(await world.json('pool', 'show', '+1 (658) 234-5678')).toMatchObject({
      number: { phoneNumber: '+16582345678' },
    });
    // A search says what it has found, so it takes both.
    expect(await world.json('pool', 'list', '--search', '6582345678')).toMatchObject([
      { phoneNumber: '+6582345678' },
    ]);
  });

  it('says from when on a verified number can be verified again, and asks nothing of Meta', async () => {
    await world.run('pool', 'sync');
    const end = await world.run('pool', 'request-code', firstId());
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toMatch(/^error: The number is verified\. Meta lets it be verified anew from \d{4}-/);
    expect(world.sim.requests({ path: '/*/request_code' })).toEqual([]);
  });

  it('says what Meta refuses, in a sentence that says what to do', async () => {
    await world.run('pool', 'add', '+15550107777');
    await world.run('pool', 'request-code', '+15550107777', '--voice', '--language', 'de');
    const wrong = await world.run('pool', 'verify', '+15550107777', '000000');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toMatch(/^error: Meta does not take this code\. Use the newest one/);
    expect(world.sim.inbox('+15550107777')).toMatchObject([{ method: 'VOICE', language: 'de' }]);

    const malformed = await world.run('pool', 'verify', '+15550107777', 'abc');
    expect(malformed.err).toContain('code must be the six digits of the text');
    const nobody = await world.run('pool', 'share', firstId(), '999');
    expect(nobody).toMatchObject({ code: 1 });
  });

  it('says which setting to check when Meta does not take the token', async () => {
    const config = await cli.config({
      meta: { ...world.sim.meta, systemUserToken: 'EAASCANARYwrong' },
      database: database.address,
      secrets: [secrets.kit],
    });
    for (const args of [
      ['pool', 'sync'],
      ['pool', 'add', '+15550107777'],
    ]) {
      const { code, out, err } = await cli.run([...args, '--config', config]);
      expect(code).toBe(1);
      expect(out + err).toContain('Check meta.systemUserToken in the configuration');
    }
  });

  it('says that the database cannot be reached, without its password', async () => {
    const config = await cli.config({
      meta: world.sim.meta,
      database: 'postgres://ada:CANARY-password@127.0.0.1:1/db',
      secrets: [secrets.kit],
    });
    const end = await cli.run(['pool', 'list', '--config', config]);
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toMatch(/^error: PostgreSQL cannot be reached .* \(ECONNREFUSED\)\n$/);
  });

  it('says that Meta cannot be reached', async () => {
    await world.run('pool', 'sync');
    world.sim.setFaults([{ match: {}, times: 'always', fault: { kind: 'reset' } }]);
    const end = await world.run('pool', 'delete', firstId(), '--yes');
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toMatch(/^error: .+\.$/m);
  });
});

describe('pool add', { timeout: 60_000 }, () => {
  it('adds what can be added, says why not of the others, and ends with 3', async () => {
    const end = await world.run('pool', 'add', '+1 555-010-7777', '12', '+15550107777');
    expect(end.code).toBe(3);
    const [header, first, second, third] = end.out.split('\n');
    expect(header).toMatch(/^NUMBER +OUTCOME +ID +WHY$/);
    expect(first).toMatch(/^\+15550107777 +added +\d+$/);
    expect(second).toMatch(/^12 +invalid +It has no calling code\./);
    expect(third).toMatch(/^\+15550107777 +known +\d+$/);
  });

  it('reads numbers as they are written in a country', async () => {
    expect(await world.json('pool', 'add', '030 12345678', '--country', 'de')).toMatchObject([
      { phoneNumber: '+493012345678', outcome: 'added' },
    ]);
  });

  it('ends with 1 when nothing could be added', async () => {
    expect(await world.run('pool', 'add', '12', 'ada')).toMatchObject({ code: 1 });
  });
});
