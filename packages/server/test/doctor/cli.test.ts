import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { checkTitles } from '../../src/doctor/findings.ts';
import { bundleCli, type Ended, type Program } from '../cli/support/program.ts';
import { startIntake, us } from '../webhook/support/intake.ts';
import { kitSecret, systemUserToken } from './support/clinic.ts';

let cli: Program;
let sim: Simulator;
let here: string;
let closeServer: () => void;

beforeAll(async () => {
  cli = await bundleCli();
  sim = await startSimulator({
    numbers: 3,
    appSecret: us.appSecret,
    systemUserToken,
    webhookVerifyToken: us.verifyToken,
  });
  const app = express().get('/', (_req, res) => void res.send('<title>Join</title>'));
  const server = createServer(app.use(startIntake().app)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP port was asked for
  closeServer = () => {
    server.close();
    server.closeAllConnections();
  };
  await sim.setWebhook({ url: `${here}/signup/webhook`, verifyToken: us.verifyToken });
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
  await sim.close();
  closeServer();
});

const options = () => ({
  meta: sim.meta,
  secrets: [kitSecret],
  database: `sqlite:${join(cli.folder, 'signup.db')}`,
});
const config = (over: object = {}) => cli.config({ ...options(), ...over });
const doctor = (...args: string[]) => cli.run(['doctor', ...args]);
const jsonOf = ({ out }: Ended) =>
  JSON.parse(out) as { ok: boolean; failed: number; warnings: number; skipped: number; checks: Check[] }; // as the page says
const codesOf = (ended: Ended) =>
  jsonOf(ended).checks.flatMap(({ findings }) => findings.map(({ code }) => code));

describe('embedded-signup doctor', () => {
  it('prints a line for each check, then what to do, then a summary; warnings alone end with 0', async () => {
    const file = await config();
    await cli.run(['migrate', '--config', file]);
    await cli.run(['pool', 'sync', '--config', file]);
    const { code, out, err } = await doctor('--config', file, '--page', here);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    const titles = Object.values(checkTitles);
    for (const [index, title] of titles.entries())
      expect(lines[index]).toMatch(new RegExp(`^[✔!–] ${title} `));
    expect(out).toContain('! Texts: Set `sms`');
    expect(lines.at(-2)).toMatch(/^\d warnings, \d+ ok\.$/);
    expect(out).not.toContain('\u001B');
  });

  it('ends with 1 when something failed, with the sentence to act on', async () => {
    const file = await config({ meta: { ...sim.meta, appSecret: 'CANARY-another-one' } });
    const { code, out } = await doctor('--config', file);
    expect(code).toBe(1);
    expect(out).toMatch(/^✖ App id and app secret {2,}do not belong together$/m);
    expect(out).toMatch(
      /^✖ App id and app secret: Copy both anew from App Dashboard ▸ App settings ▸ Basic: .*\[app_secret_wrong\]$/m,
    );
    expect(out).toMatch(/^\d failed, /m);
  });

  it('prints one line of JSON for programs', async () => {
    const ended = await doctor(
      '--json',
      '--page',
      here,
      '--config',
      await config({ meta: { ...sim.meta, businessId: '1' } }),
    );
    expect([ended.code, ended.err, ended.out.split('\n').length]).toEqual([1, '', 2]);
    const { ok, failed, checks } = jsonOf(ended);
    expect([ok, failed]).toEqual([false, 1]);
    expect(checks.map(({ check }) => check)).toEqual(Object.keys(checkTitles));
    expect(checks.find(({ check }) => check === 'business')?.findings).toEqual([
      {
        code: 'business_not_seen',
        result: 'failed',
        summary: expect.any(String),
        advice: expect.stringContaining('Business settings ▸ Business info'),
      },
    ]);
  });

  it.each([
    [['--page', 'join']],
    [['--page', 'ftp://bsp.example/']],
    [['--fast']],
    [['now']],
    [['--record']],
    [[]],
  ])('refuses %j as wrong usage', async (args) => {
    const { code, out, err } = await doctor(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: /);
  });

  it('goes on where the configuration cannot be loaded, with what needs none', async () => {
    await cli.write('broken.mjs', `export default { secrets: 'CANARY' oops };`);
    const ended = await doctor('--json', '--config', 'broken.mjs', '--page', 'http://127.0.0.1:1/');
    expect(ended.code).toBe(1);
    expect(codesOf(ended).filter((code) => code !== 'needs_option' && code !== 'waits')).toEqual([
      'config_not_loaded',
      'page_unreachable',
    ]);
    const missing = await doctor('--config', 'missing.mjs');
    expect(missing.code).toBe(1);
    expect(missing.out).toContain('✖ Options: No options: missing.mjs is not there.');
  });

  it('goes on where the function of a configuration finds options missing', async () => {
    const kit = `class E extends TypeError { code = 'config_invalid'; problems = [{ option: 'META_APP_ID', message: 'is not set' }]; }`;
    await cli.write('throws.mjs', `${kit}\nexport default () => { throw new E('CANARY'); };`);
    const { code, out } = await doctor('--config', 'throws.mjs');
    expect(code).toBe(1);
    expect(out).toContain(
      '✖ Options: meta.appId (META_APP_ID) is not set. It is in App Dashboard ▸ App settings ▸ Basic ▸ App ID',
    );
  });

  it('names the variables that are missing, and looks at everything else', async () => {
    const ended = await cli.run(['doctor', '--json', '--page', here], {
      META_APP_ID: sim.appId,
      META_APP_SECRET: us.appSecret,
      META_GRAPH_URL: sim.url,
      META_SYSTEM_USER_TOKEN_FILE: join(cli.folder, 'nowhere'),
      META_WEBHOOK_VERIFY_TOKEN: us.verifyToken,
      SIGNUP_DATABASE: options().database,
    });
    const results = Object.fromEntries(jsonOf(ended).checks.map(({ check, result }) => [check, result]));
    expect(
      jsonOf(ended)
        .checks[0]?.findings.map(({ summary }) => summary)
        .toSorted(),
    ).toEqual([
      'meta.businessId (META_BUSINESS_ID)',
      'meta.configId (META_CONFIG_ID)',
      'meta.systemUserToken (META_SYSTEM_USER_TOKEN_FILE)',
      'secrets (SIGNUP_SECRETS)',
    ]);
    expect(results).toMatchObject({
      app_secret: 'ok',
      app_subscription: 'ok',
      webhook: 'warning',
      system_user_token: 'skipped',
      business: 'skipped',
      secrets: 'skipped',
      page: 'ok',
      database: 'ok',
    });
  });

  it('takes no other server for Meta', async () => {
    const file = await config({ meta: { ...sim.meta, graphUrl: here } });
    const { code, out } = await doctor('--config', file, '--page', here);
    expect(code).toBe(1);
    expect(out).toContain(`points to ${here}: a simulator?`);
    expect(out).toContain('[graph_unreadable]');
    const checks = jsonOf(await doctor('--json', '--config', file)).checks;
    const rest = ['app_secret', 'system_user_token', 'business', 'pool_access', 'app_subscription', 'clock'];
    for (const name of rest) {
      expect(checks.find(({ check }) => check === name)).toMatchObject({
        result: 'skipped',
        seen: 'waits for “Meta’s Graph API”',
      });
    }
  });

  it.each([
    ['META_SYSTEM_USER_TOKEN', 'meta.systemUserToken (META_SYSTEM_USER_TOKEN) is not set', {}],
    [
      'SIGNUP_SMS_TWILIO_AUTH_TOKEN',
      'sms.twilio.authToken (SIGNUP_SMS_TWILIO_AUTH_TOKEN) is not set, but SIGNUP_SMS_TWILIO_URL is',
      { SIGNUP_SMS_TWILIO_URL: 'https://bsp.example/sms' },
    ],
    [
      'SIGNUP_SMS_SECRET_FILE',
      'sms.secret (SIGNUP_SMS_SECRET_FILE) names a file that cannot be read',
      { SIGNUP_SMS_SECRET_FILE: '/nowhere' },
    ],
    [
      'SIGNUP_NUMBERS_PER_SESSION',
      'numbersPerSession (SIGNUP_NUMBERS_PER_SESSION) must be 1 or more',
      { SIGNUP_NUMBERS_PER_SESSION: '0' },
    ],
    ['SIGNUP_SECRETS', 'secrets[1] (SIGNUP_SECRETS) must have', { SIGNUP_SECRETS: `${kitSecret},short` }],
  ])('names %s by its option as well, and goes on', async (_variable, sentence, env) => {
    const ended = await cli.run(['doctor', '--page', here], {
      META_APP_ID: sim.appId,
      META_APP_SECRET: us.appSecret,
      META_GRAPH_URL: sim.url,
      ...env,
    });
    expect([ended.code, ended.err]).toEqual([1, '']);
    expect(ended.out.replaceAll(/\n {2}/g, ' ')).toContain(`✖ Options: ${sentence}`);
    expect(ended.out).toMatch(/^✔ App id and app secret/m);
  });

  it('names an address of Meta’s with a version in it, and asks nobody', async () => {
    const file = await config({ meta: { ...sim.meta, graphUrl: `${sim.url}/v26.0` } });
    const { code, out, err } = await doctor('--config', file, '--page', here);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('✖ Options: meta.graphUrl (META_GRAPH_URL) must be an address without version');
    expect(out).toMatch(/^– Meta’s Graph API +needs meta\.graphUrl \(META_GRAPH_URL\)$/m);
    expect(out).toMatch(/^✔ Page with the button/m);
  });

  it('makes no database, and changes nothing in one', async () => {
    const empty = join(cli.folder, 'empty');
    await mkdir(empty);
    const file = await config({ database: `sqlite:${join(empty, 'data', 'signup.db')}` });
    expect(codesOf(await doctor('--json', '--config', file))).toContain('schema_missing');
    expect(await readdir(empty)).toEqual([]);

    const before = await readFile(join(cli.folder, 'signup.db'));
    expect(codesOf(await doctor('--json', '--config', await config()))).not.toContain('database_unusable');
    expect((await readFile(join(cli.folder, 'signup.db'))).equals(before)).toBe(true);
  });

  it('keeps what Meta answered, without secrets and ids, in a folder that is empty', async () => {
    const folder = join(cli.folder, 'answers');
    const file = await config();
    const { code, err } = await doctor('--config', file, '--page', here, '--record', folder);
    expect([code, err]).toEqual([0, expect.stringContaining(`4 answers of Meta are in ${folder}`)]);
    const names = await readdir(folder);
    expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(4);
    expect(names).toContain('README.md');
    const text = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
    const { businessId, appId, state } = sim;
    const secrets = [
      systemUserToken,
      us.appSecret,
      businessId,
      appId,
      here,
      ...state().preverifiedNumbers.map(({ id }) => id),
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
    for (const kept of ['business_management', 'account_update', 'v26.0', 'VERIFIED', '"status": 200'])
      expect(text).toContain(kept);

    const again = await doctor('--config', file, '--record', folder);
    expect([again.code, again.out]).toEqual([2, '']);
    expect(again.err).toContain('is not empty');
    expect(await readdir(folder)).toEqual(names);
  });

  it('ends when nobody answers anything, and says who did not', async () => {
    const open = new Set<Socket>();
    const silent = createTcpServer((socket) => void open.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo; // a TCP port was asked for
    const file = await config({
      meta: { ...sim.meta, graphUrl: `http://127.0.0.1:${port}` },
      database: `postgres://signup:CANARY@127.0.0.1:${port}/signup`,
    });
    const ended = await doctor('--json', '--config', file, '--page', `http://127.0.0.1:${port}/`);
    silent.close();
    for (const socket of open) socket.destroy();
    expect(ended.code).toBe(1);
    expect(codesOf(ended)).toEqual(
      expect.arrayContaining(['graph_unreachable', 'page_unreachable', 'database_unusable']),
    );
  });
});
