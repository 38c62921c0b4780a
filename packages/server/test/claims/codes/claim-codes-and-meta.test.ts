import { claimVerificationRequestSchema } from '@embedded-signup-kit/protocol/schemas';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../../src/domain/durations.ts';
import { filesOf } from '../../support/host.ts';
import { customerId, startCodeWorld, type CodeWorld } from './support/code-world.ts';

let world: CodeWorld;
beforeEach(async () => {
  world = await startCodeWorld();
});
afterEach(() => world.close());

const ledger = async (kind: 'request_code' | 'verify_code') => {
  const { phoneNumber } = world;
  const calls = await (await world.ownStore()).listNumberCalls({ phoneNumber, kind, limit: 100 });
  return calls.map(({ outcome, reason, who }) => [who, outcome, reason]);
};
/** What a client of the contract's posts. */
const post = (path: string, body: object = {}, customer = customerId) =>
  world.customer(path, customer).send(body);

describe('a claim that waits for a code', () => {
  it('takes six digits, with a blank or a hyphen between, and nothing else; the rest never reaches Meta', async () => {
    const malformed = [
      '', '12345', '1234567', '12-34-56', '123--456', 'abcdef', '123 45a', '１２３４５６', '123456\n7', '+123456',
      123456, null, ['123456'], { code: '123456' }, '1'.repeat(50_000),
    ]; // prettier-ignore
    for (const [index, code] of malformed.entries()) {
      const answer = await world.handIn(code);
      expect([index, answer.status, answer.body.code]).toEqual([index, 400, 'invalid_request']);
      expect(answer.body.issues).toHaveLength(1);
    }
    expect((await post(`/claims/${world.id}/verification`)).status).toBe(400);
    const strange = await post(`/claims/${world.id}/verification`, { code: '123456', '654321': 1 });
    expect([strange.status, strange.text.includes('654321')]).toEqual([400, false]);
    expect(world.calls()).toEqual([]);
    expect(await ledger('verify_code')).toEqual([]);

    for (const typed of ['123456', '123-456', ' 123 456 ', '123–456', '123\u00a0456']) {
      expect(claimVerificationRequestSchema.parse({ code: typed })).toEqual({ code: '123456' });
    }
  });

  it('takes a method and a language of Meta’s alone', async () => {
    for (const body of [
      { method: 'EMAIL' },
      { language: 'English' },
      { language: 'en_US; drop' },
      { method: 'SMS', phoneNumber: '+15550109999' },
    ]) {
      expect([body, (await world.ask(body)).status]).toEqual([body, 400]);
    }
    expect(world.calls()).toEqual([]);
  });

  it('is nobody else’s: to them it is missing, as one that never was', async () => {
    for (const path of ['code', 'verification']) {
      const body = path === 'code' ? {} : { code: '123456' };
      const theirs = await post(`/claims/${world.id}/${path}`, body, 'wind-and-wool');
      const missing = await post(
        `/claims/01890000-0000-7000-8000-000000000000/${path}`,
        body,
        'wind-and-wool',
      );
      const { requestId: _one, ...first } = theirs.body;
      const { requestId: _other, ...second } = missing.body;
      expect([theirs.status, first]).toEqual([404, second]);
      expect((await post(`/claims/nothing/${path}`, body)).status).toBe(404);
      const nobody = () => request(world.app).post(`/signup/claims/${world.id}/${path}`);
      expect((await nobody().send(body)).status).toBe(401);
      const bySession = await nobody().set('X-Signup-Session', world.session).send(body);
      expect([200, 422]).toContain(bySession.status);
    }
  });

  it('has a code sent and handed in by the operator, whose name is in the history', async () => {
    const asked = await world.send('post', `/claims/${world.id}/code`, { method: 'VOICE' });
    expect([asked.status, asked.body.claim.customerId]).toEqual([200, customerId]);
    const typed = world.code().replace(/(...)/, '$1-');
    const verified = await world.send('post', `/claims/${world.id}/verification`, { code: typed }, 1);
    expect([verified.status, verified.body.claim.status]).toEqual([200, 'registering']);
    await world.settle();
    expect((await world.history()).slice(-3)).toEqual([
      'Nadia: asked for a one-time code by call',
      'Nadia: verified by a one-time code',
      'kit: registered',
    ]);
    expect(await ledger('verify_code')).toEqual([['Nadia', 'done', undefined]]);
  });

  it('has them by the host’s own code', async () => {
    const { claims } = world.signups[0];
    expect(await claims.requestCode(world.id, 'Ada')).toMatchObject({ status: 'needs_verification' });
    await expect(claims.requestCode(world.id, 'Ada')).rejects.toMatchObject({
      name: 'TooManyClaimCodesError',
      retryAt: world.now() + minute,
    });
    await expect(claims.submitCode(world.id, 'Ada', 'nonsense')).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(claims.submitCode(world.id, 'Ada', world.wrong())).rejects.toMatchObject({
      name: 'ClaimCodeRefusedError',
    });
    expect(await claims.submitCode(world.id, 'Ada', world.code())).toMatchObject({ status: 'registering' });
    await expect(claims.submitCode(world.id, '', '123456')).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(claims.requestCode('nothing', 'Ada')).rejects.toMatchObject({ code: 'claim_missing' });
  });

  it('shares the ledger with the pool: what was asked for there counts here', async () => {
    const store = await world.ownStore();
    const { phoneNumber } = world;
    const leave = await store.spendNumberCall({
      now: world.now(),
      phoneNumber,
      numberId: undefined,
      kind: 'request_code',
      who: 'kit',
      budget: { window: hour, calls: 6, apart: 0 },
    });
    expect(leave.allowed).toBe(true);
    expect((await world.ask()).status).toBe(429);
    expect(world.calls()).toEqual([]);
  });
});

describe('a claim that waits for no code', () => {
  it('says so in a sentence, and Meta is not asked', async () => {
    await world.ask();
    await world.handIn(world.code());
    const underWay = await world.ask();
    expect([underWay.status, underWay.body.code, underWay.body.detail]).toEqual([
      409,
      'claim_not_allowed',
      'The number is being set up, and no code is wanted now. Look at this sign-up again in a moment.',
    ]);
    await world.settle();
    world.calls();
    for (const answer of [await world.ask(), await world.handIn('123456')]) {
      expect([answer.status, answer.body.detail]).toEqual([
        409,
        'The number is registered: no code is wanted any more.',
      ]);
    }
    const staff = await world.send('post', `/claims/${world.id}/code`);
    expect([staff.status, staff.body.code]).toEqual([409, 'claim_not_allowed']);
    expect(world.calls()).toEqual([]);
  });

  it('is told among the verbs that a claim allows', async () => {
    const answer = await world.send('post', `/claims/${world.id}/dismiss`);
    expect(answer.body.detail).toBe(
      'A claim that is needs_verification does not allow: dismiss. It allows: retry, code, verification, end.',
    );
  });
});

describe('a number that Meta calls verified already', () => {
  it('goes straight on to the registration when a code is asked for, and none is sent', async () => {
    await world.verifyElsewhere();
    const answer = await world.ask();
    expect([answer.status, answer.body.claim?.status]).toEqual([200, 'registering']);
    expect(world.asked()).toBe(0);
    expect(await ledger('request_code')).toEqual([['customer', 'refused', 'not_sent']]);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect(await world.history()).toContain('customer: found verified');
  });

  it('goes on after /register said otherwise: it is read and registered once more', async () => {
    await world.ask();
    world.fault('/*/register', { kind: 'error', status: 400, error: { code: 133006, message: 'x' } });
    await world.handIn(world.code());
    await world.settle();
    expect((await world.claim()).status).toBe('needs_verification');
    world.pass(minute);
    expect((await world.ask()).body.claim?.status).toBe('registering');
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect(world.asked()).toBe(1);
  });

  it('goes on when a code is handed in that Meta does not want any more', async () => {
    await world.verifyElsewhere();
    const answer = await world.handIn('123456');
    expect([answer.status, answer.body.claim?.status]).toEqual([200, 'registering']);
    expect(await ledger('verify_code')).toEqual([['customer', 'done', 'graph:136025']]);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });
});

describe('Meta’s answer to a request for a code', () => {
  it('that is lost is no reason to ask once more by itself: the customer is told to wait for the code', async () => {
    world.fault('/*/request_code', { kind: 'lost' });
    const answer = await world.ask();
    expect([answer.status, answer.body.code]).toEqual([502, 'answer_lost']);
    expect(answer.body.detail).toMatch(/^Nobody knows whether Meta sends the code\. Wait for it/);
    expect(world.asked()).toBe(1);
    expect(await ledger('request_code')).toEqual([['customer', 'unsure', 'graph:unreachable']]);
    await world.settle();
    expect(world.asked()).toBe(1);
    expect((await world.ask()).status).toBe(429);
    // It had been sent.
    expect((await world.handIn(world.code())).status).toBe(200);
  });

  it('that is a refusal is told with what to do, and when', async () => {
    world.fault('/*/request_code', {
      kind: 'error',
      status: 400,
      error: { code: 136024, message: 'x', error_user_title: 'Not sent', error_user_msg: 'Check the line.' },
    });
    const answer = await world.ask();
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([
      422,
      'refused_by_meta',
      '3600',
    ]);
    expect(answer.body.detail).toContain('Wait an hour, then have yourself called instead of a text.');
    expect(answer.body.detail).toContain('Check the line.');
    expect(await world.history()).toContain('customer: asked for a one-time code by text (graph:136024)');
    world.pass(hour - 1);
    const closed = await world.ask({}, 1);
    expect([closed.status, closed.headers['retry-after']]).toEqual([429, '1']);
    expect(closed.body.detail).toBe('Meta sends this number no further code now. Try again in 1 second.');
    world.pass(1);
    expect((await world.ask({}, 1)).status).toBe(200);
  });

  it.each([
    ['live', { code: 136024, error_subcode: 2388367, message: 'x' }, 24 * hour],
    ['of the OpenAPI description', { code: 613, message: 'x' }, hour],
  ])('%s that says too many closes the number for every node', async (_profile, error, wait) => {
    world.fault('/*/request_code', { kind: 'error', status: 400, error });
    const answer = await world.ask();
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([
      429,
      'too_many_codes',
      String(wait / 1000),
    ]);
    expect((await world.ask({}, 1)).status).toBe(429);
    expect(world.asked()).toBe(1);
  });

  it('is not asked for when the number cannot be read; that costs no code', async () => {
    world.fault('/*', { kind: 'error', status: 400, error: { code: 190, message: 'x' } });
    const answer = await world.ask();
    expect([answer.status, answer.body.code]).toEqual([502, 'upstream_failed']);
    expect(answer.body.detail).toContain('Sign up again. If that does not help, ask the operator.');
    expect(world.asked()).toBe(0);
    expect(await ledger('request_code')).toEqual([['customer', 'refused', 'not_sent']]);
  });
});

describe('Meta’s answer to a code', () => {
  it('that is lost is found by reading the number: the claim goes on', async () => {
    await world.ask();
    world.fault('/*/verify_code', { kind: 'lost' });
    const answer = await world.handIn(world.code());
    expect([answer.status, answer.body.claim?.status]).toEqual([200, 'registering']);
    expect(world.handedIn()).toBe(1);
    expect(await ledger('verify_code')).toEqual([['customer', 'done', 'graph:unreachable']]);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('that is lost before Meta heard the code counts, and says what to do', async () => {
    await world.ask();
    world.fault('/*/verify_code', { kind: 'reset' });
    const answer = await world.handIn(world.code());
    expect([answer.status, answer.body.code]).toEqual([502, 'answer_lost']);
    expect(answer.body.detail).toMatch(/Type it once more in a minute/);
    expect(world.handedIn()).toBe(1);
    expect(await ledger('verify_code')).toEqual([['customer', 'unsure', 'graph:unreachable']]);
    expect(await world.history()).toContain('customer: handed in a one-time code (answer_lost)');
    expect((await world.handIn(world.code())).status).toBe(200);
  });

  it('that was lost at the last try, and could not be read either, is found at the next', async () => {
    await world.ask();
    for (let time = 0; time < 3; time += 1) await world.handIn(world.wrong());
    const { sim } = world;
    sim.setFaults([
      { match: { path: '/*/verify_code' }, fault: { kind: 'lost' } },
      { match: { method: 'GET', path: '/*' }, times: 'always', fault: { kind: 'reset' } },
    ]);
    expect((await world.handIn(world.code())).status).toBe(502);
    sim.setFaults([]);
    const again = await world.handIn(world.code(), 1);
    expect([again.status, again.body.claim?.status]).toEqual([200, 'registering']);
    expect(world.handedIn()).toBe(4);
  });

  it('that is found only after a crash does not cost the claim: a killed try is found by the next', async () => {
    await world.ask();
    const store = await world.ownStore();
    const { phoneNumber } = world;
    // Killed four times between the ledger and Meta’s answer.
    for (let time = 0; time < 4; time += 1) {
      await store.spendNumberCall({
        now: world.now(),
        phoneNumber,
        numberId: undefined,
        kind: 'verify_code',
        who: 'customer',
        budget: { window: 12 * hour, calls: 4, apart: 0 },
      });
    }
    expect((await world.handIn(world.code())).status).toBe(429);
    world.pass(minute);
    await world.verifyElsewhere();
    expect((await world.handIn('123456')).status).toBe(200);
    expect(world.handedIn()).toBe(0);
  });

  it('that concerns the token is not counted as a wrong code, and fills no history', async () => {
    await world.ask();
    const before = await world.history();
    world.fault('/*/verify_code', { kind: 'error', status: 403, error: { code: 200, message: 'x' } }, 6);
    for (let time = 0; time < 6; time += 1) {
      const answer = await world.handIn(world.code());
      expect([answer.status, answer.body.code]).toEqual([422, 'refused_by_meta']);
    }
    expect(await world.history()).toEqual(before);
    expect((await world.handIn(world.code())).status).toBe(200);
  });
});

describe('a one-time code', () => {
  it('is in no log, answer, history or file, however it ends', async () => {
    const codes: string[] = ['918273'];
    await world.ask();
    await world.handIn('918273');
    await world.handIn('91827');
    await post(`/claims/${world.id}/verification`, { '918273': '918273' });
    world.fault('/*/verify_code', { kind: 'html' });
    await world.handIn('918-273');
    world.fault('/*/verify_code', {
      kind: 'error',
      status: 400,
      error: { code: 136025, message: 'wrong: 918273', error_user_msg: '918273 is wrong' },
    });
    await world.handIn('918 273');
    codes.push(world.code());
    await world.handIn(world.code());
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    const everything = [
      ...world.said,
      JSON.stringify(await world.history()),
      (await world.get(`/claims/${world.id}`)).text,
      await filesOf(world.database),
    ].join('\n');
    expect(everything).toContain('signup_number_calls');
    // Six digits stand in ids by chance, so they are looked for as words of their own.
    for (const code of codes) {
      expect(everything).not.toMatch(
        new RegExp(`(?<![0-9])${code.slice(0, 3)}[- ]?${code.slice(3)}(?![0-9])`),
      );
    }
  });
});
