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
