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
      verbs.map((verb) => world.run('pool', verb, '404', ...(more[verb] ?? []))),
    )) {
      expect(end).toMatchObject({ code: 1, out: '' });
      expect(end.err).toBe(
        'error: The pool has no number 404. Look it up with `pool list`, or run `pool sync`.\n',
      );
    }
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
    expect((await numbers('--sort', 'expires'))[0]).toBe('+493012345678');
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

describe('config', () => {
  it('prints the options with their defaults, and nothing of a secret', async () => {
    const config = await cli.config({
      meta: { ...world.sim.meta, appSecret: ['CANARY-one-0123456789', secrets.appSecret] },
      database: 'postgres://ada:CANARY-password@db.example:5432/signup?sslmode=require&password=CANARY',
      secrets: [secrets.kit],
      sms: { secret: 'CANARY-sms-0123456789-0123456789-0123456789', vonage: { signatureSecret: 'CANARY' } },
      events: { url: 'https://bsp.example/hooks?key=CANARY', secret: 'CANARY-0123456789-0123456789' },
      webhookOverride: { callbackUri: 'https://bsp.example/meta', verifyToken: 'CANARY' },
      pool: { low: { US: 5 } },
    });
    const { code, out, err } = await cli.run(['config', '--config', config]);
    expect(code).toBe(0);
    expect(err).toBe(
      `These options come from ${config}, and are well formed. Nothing was asked of Meta or of the database.\n`,
    );
    for (const line of [
      'meta.appSecret  set (16 to 31 bytes), set (16 to 31 bytes)',
      'meta.systemUserToken  set (16 to 31 bytes)',
      'database  postgres://ada:…@db.example:5432/signup?sslmode=require&password=…',
      'secrets  set (32 to 63 bytes)',
      'pool.low  {"US":5}',
      'pool.codeLanguage  en_US',
      'events.url  https://bsp.example/hooks?…',
      'sms.vonage.signatureSecret  set (less than 16 bytes)',
    ])
      expect(out.replaceAll(/^(\S+) +/gm, '$1  ').split('\n')).toContain(line);
    const json = JSON.parse((await cli.run(['config', '--config', config, '--json'])).out) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({ secrets: 'set (32 to 63 bytes)', numbersPerSession: 1 });
    expect(JSON.stringify(json)).not.toContain('CANARY');
  });

  it('names what is wrong', async () => {
    await cli.write('bad.mjs', `export default { meta: { appId: 'CANARY' }, secrets: ['CANARY'] };`);
    const { code, out, err } = await cli.run(['config', '--config', 'bad.mjs']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('  meta.appId must be the string of digits');
  });
});
