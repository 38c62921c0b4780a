import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { canaries, filesOf, startHost, type TestHost } from '../support/host.ts';
import { expectNoneOf } from '../support/leaks.ts';

/** One sign-up to the end, and one for each way it can fail; every answer is kept. */
async function everything(host: TestHost): Promise<{ answers: string[]; codes: string[] }> {
  const answers: string[] = [];
  const codes: string[] = [];
  const faults = [
    [],
    [{ match: { path: '/oauth/access_token' }, fault: { kind: 'lost' } }],
    [
      {
        match: { path: '/oauth/access_token' },
        fault: { kind: 'error', status: 400, error: { code: 1, message: 'x' } },
      },
    ],
    [
      {
        match: { path: '/*/register' },
        fault: { kind: 'error', status: 400, error: { code: 133005, message: 'x' } },
      },
    ],
    [{ match: { path: '/debug_token' }, times: 3, fault: { kind: 'reset' } }],
  ] satisfies Parameters<TestHost['sim']['setFaults']>[0][];
  for (const [index, fault] of faults.entries()) {
    const customer = `customer-${index}`;
    const opened = await host.open(customer);
    const popup = host.sim.signUp({ ownNumber: `+1555020${1000 + index}` });
    const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
    codes.push(popup.code ?? '');
    host.sim.setFaults(fault);
    const answer = await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${opened.session}`)
      .send({ event: message.event, data: message.data, code: popup.code });
    answers.push(answer.text);
    await host.settle();
    for (const path of [
      `/signup/claims/${answer.body.claim.id}`,
      `/operator/claims/${answer.body.claim.id}`,
    ]) {
      const read = await request(host.app).get(path).set('x-customer', customer);
      expect(read.status).toBe(200);
      answers.push(read.text, JSON.stringify(read.headers));
    }
  }
  for (const path of ['/operator/numbers', '/operator/claims', '/signup/nothing']) {
    answers.push((await request(host.app).get(path)).text);
  }
  return { answers, codes };
}

describe('no secret', () => {
  it('gets into an answer, the log or the database, however a sign-up ends', async () => {
    const host = await startHost({ numbers: 0 });
    const { answers, codes } = await everything(host);
    const files = await filesOf(host.database);
    // What was sealed is codes, the customers' tokens, and the PIN, which is looked for on its own below.
    const tokensAndCodes = [...host.sealed].filter((plain) => plain !== canaries.pin);
    const planted = [
      canaries.appSecret,
      canaries.systemUserToken,
      canaries.secret,
      ...codes,
      ...tokensAndCodes,
    ];
    expect(host.sealed.has(canaries.pin)).toBe(true);
    expect(tokensAndCodes.filter((plain) => plain.startsWith('EAA')).length).toBeGreaterThan(0);

    expect(codes.every((code) => code.length > 8)).toBe(true);
    expectNoneOf(planted, host.log.join('\n'));
    expectNoneOf(planted, answers.join('\n'));
    expectNoneOf(planted, files);
    // The PIN is six digits, so it is looked for as a word of its own: ids hold any six digits by chance.
    const pin = new RegExp(`(?<![0-9])${canaries.pin}(?![0-9])`);
    expect(host.log.join('\n')).not.toMatch(pin);
    expect(answers.join('\n')).not.toMatch(pin);
    expect(files).not.toMatch(pin);
    expect(files).toContain('signup_pins');
    expect(host.log.length).toBeGreaterThan(0);
    await host.close();
  });

  it('is in the options once they are resolved, however they are printed', async () => {
    const { resolveOptions } = await import('../../src/config/resolve-options.ts');
    const { inspect } = await import('node:util');
    const resolved = resolveOptions({
      meta: {
        appId: '1',
        appSecret: canaries.appSecret,
        configId: '2',
        businessId: '3',
        systemUserToken: canaries.systemUserToken,
      },
      secrets: [canaries.secret],
      customer: () => undefined,
    });
    const printed = [inspect(resolved, { depth: 9, showHidden: true }), JSON.stringify(resolved)].join();
    expectNoneOf([canaries.appSecret, canaries.systemUserToken, canaries.secret], printed);
  });
});
