import { afterEach, describe, expect, it } from 'vitest';
import { checkOf, type Check } from '../../src/doctor/check.ts';
import type { DoctorDeps } from '../../src/doctor/doctor-deps.ts';
import { findings } from '../../src/doctor/findings.ts';
import { day } from '../../src/domain/durations.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { foundIn, visit, type Setup } from './support/clinic.ts';
import { metaCases } from './support/meta-cases.ts';
import { answering, isOurs, site } from './support/setups.ts';
import { siteCases } from './support/site-cases.ts';

const table = [...metaCases, ...siteCases];

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function examined(setup: Setup): Promise<Check[]> {
  const visited = await visit(setup);
  close = visited.close;
  return visited.checks;
}

describe('the doctor', () => {
  it('finds nothing where everything is right', async () => {
    const checks = await examined({});
    expect(foundIn(checks)).toEqual({ found: [], skipped: [] });
    expect(checks.filter(({ seen }) => seen === '')).toEqual([]);
    expect(checks.find(({ check }) => check === 'webhook')?.seen).toContain('it is the kit’s own handler');
  });

  it.each(table)('finds of %s exactly that', async (_what, setup, found, skipped = []) => {
    const checks = await examined(setup);
    expect(foundIn(checks)).toEqual({ found, skipped });
    const text = JSON.stringify(checks);
    expect(text).not.toContain('CANARY');
    for (const { advice } of checks.flatMap((check) => check.findings)) expect(advice).toMatch(/^\S.*\.$/s);
  });

  it('is tried with every finding there is', () => {
    const tried = new Set(
      table.flatMap(([, , found, skipped = []]) => [...found, ...skipped.map((one) => one.split(':')[1])]),
    );
    const elsewhere = new Set(['config_not_loaded', 'timed_out', 'broken']);
    expect(Object.keys(findings).filter((code) => !tried.has(code) && !elsewhere.has(code))).toEqual([]);
  });

  it.each([
    ['no policy of openers', {}],
    ['popups allowed', { 'cross-origin-opener-policy': 'same-origin-allow-popups' }],
    ['an unsafe opener', { 'cross-origin-opener-policy': 'unsafe-none' }],
    ['a list, which browsers pass over', { 'cross-origin-opener-policy': 'same-origin, same-origin' }],
    ['scripts that load others', { 'content-security-policy': "script-src 'nonce-x' 'strict-dynamic'" }],
    [
      'all of Facebook',
      { 'content-security-policy': "default-src 'self' http://127.0.0.1:* https://*.facebook.com" },
    ],
    ['schemes', { 'content-security-policy': 'default-src https: http:' }],
    [
      'the widget’s types',
      {
        'content-security-policy':
          "require-trusted-types-for 'script'; trusted-types lit-html embedded-signup",
      },
    ],
    ['types that nobody lists', { 'content-security-policy': "require-trusted-types-for 'script'" }],
    [
      'a sandbox with everything',
      { 'content-security-policy': 'sandbox allow-scripts allow-same-origin allow-popups' },
    ],
  ])('lets a page with %s pass', async (_what, headers) => {
    expect(foundIn(await examined(site(headers)))).toEqual({ found: [], skipped: [] });
  });

  it('says which handler answers at the callback', async () => {
    const checks = await examined(
      answering((req, res) => {
        const challenge = new URL(req.url, 'http://x').searchParams.get('hub.challenge');
        if (challenge !== null) res.end(challenge);
        else res.status(isOurs(req) ? 200 : 401).end();
      }),
    );
    expect(checks.find(({ check }) => check === 'webhook')).toMatchObject({
      result: 'ok',
      seen: expect.stringContaining('it is not the kit’s own handler'),
    });
  });

  it('names the permission that is missing, the days that are left, and where to look', async () => {
    const adviceOf = async (setup: Setup) => {
      const [first] = (await examined(setup)).flatMap((check) => check.findings);
      await close();
      close = () => Promise.resolve();
      return `${first?.summary}: ${first?.advice}`;
    };
    expect(await adviceOf({ simulator: { systemUserScopes: ['business_management'] } })).toMatch(
      /^lacks whatsapp_business_management: .*Business settings ▸ Users ▸ System users/,
    );
    expect(await adviceOf({ simulator: { systemUserTokenExpiresAt: t0 + 10 * day } })).toMatch(
      /^ends in 10 days: .*choose “Never”/,
    );
    expect(await adviceOf({ meta: { appSecret: 'CANARY-another' } })).toContain(
      'App Dashboard ▸ App settings ▸ Basic',
    );
    expect(
      await adviceOf({
        webhook: { fields: ['messages', 'phone_number_quality_update', 'phone_number_name_update'] },
      }),
    ).toContain('App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook ▸ Manage');
    expect(await adviceOf(site({ 'cross-origin-opener-policy': 'same-origin' }))).toContain(
      'Cross-Origin-Opener-Policy: same-origin-allow-popups',
    );
  });

  it('only reads at Meta', async () => {
    const visited = await visit({});
    close = visited.close;
    const methods = new Set(visited.sim.requests().map(({ method }) => method));
    expect([...methods]).toEqual(['GET']);
    expect(visited.sim.requests()).toHaveLength(4);
  });

  it('sends nothing to Meta in place of what is missing', async () => {
    const visited = await visit({ meta: { appSecret: [], systemUserToken: undefined, businessId: 'x' } });
    close = visited.close;
    expect(visited.sim.requests()).toEqual([]);
  });
});

describe('a check', () => {
  // It asks nobody, so it needs no more.
  const deps = {
    unusable: new Set(),
    timer: {
      after(_ms: number, run: () => void) {
        const handle = setImmediate(run);
        return { cancel: () => clearImmediate(handle) };
      },
    },
  } as unknown as DoctorDeps; // all that it looks at

  it('that does not end is ended', async () => {
    const check = await checkOf('pool', [], () => new Promise(() => undefined))(deps);
    expect(check).toMatchObject({ result: 'failed', findings: [{ code: 'timed_out' }] });
  });

  it('that fails says so, and nothing of what was thrown', async () => {
    const check = await checkOf('pool', [], () => Promise.reject(new RangeError('CANARY')))(deps);
    expect(check).toMatchObject({ result: 'failed', findings: [{ code: 'broken' }] });
    expect(JSON.stringify(check)).toContain('RangeError');
    expect(JSON.stringify(check)).not.toContain('CANARY');
  });
});
