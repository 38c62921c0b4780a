import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, on, refusal, see, signUp } from './support/sign-up.ts';

const minute = 60_000;
const hour = 60 * minute;
const register = 'POST /:id/register';
const path = '/*/register';

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

async function during(faults: ScriptedFault[]) {
  const { id } = await signUp(host);
  host.sim.setFaults(faults);
  await host.signup.runDue();
  return { id, ...(await see(host, id)) };
}

describe('a registration that Meta refuses for good', () => {
  it.each([
    ['the PIN is not ours', 133_005, {}, 'enter it at this claim'],
    ['the account is locked, or the PIN is not ours', 131_031, { status: 403 }, 'enter it at this claim'],
    ['the PIN is locked, nobody knows until when', 133_008, {}, 'enter it at this claim'],
    ['a deregistration did not end', 133_000, { status: 500 }, 'Deregister it once more'],
    ['the payment is not settled', 131_042, {}, 'payment method'],
    ['the portfolio is full', 200, { status: 403, subcode: 1_349_175 }, 'before it is verified'],
    ['the app may not', 10, { status: 403 }, 'advanced access'],
    ['the display name of a 555 number is not approved', 131_037, {}, 'display name'],
    ['the number is gone', 33, {}, 'sign up again'],
    ['the token is not taken', 190, { status: 401 }, 'sign up again'],
    ['something in it is wrong', 131_009, {}, 'trace id'],
  ] as const)('because %s is left to the operator with what to do', async (_name, code, more, sentence) => {
    const { claim, history } = await during([on('POST', path, refusal(code, more))]);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: `graph:${code}` } });
    expect(claim.reason?.message).toContain(sentence);
    expect(history.at(-1)).toMatchObject({
      who: 'meta',
      reason: `graph:${code}`,
      traceId: expect.any(String),
    });
    expect(count(host, register)).toBe(1);
  });

  it('with a code that nobody knows is tried twice more first', async () => {
    const { id } = await during([on('POST', path, refusal(987_654), 'always')]);
    await host.settle();
    const { claim } = await see(host, id);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:987654' } });
    expect(claim.reason?.message).toContain('trace id');
    expect(count(host, register)).toBe(3);
  });
});

describe('a registration that Meta puts off', () => {
  it('waits out a lock of the PIN once, and then goes on', async () => {
    const { id, claim } = await during([
      on('POST', path, refusal(133_008, { details: 'Too many guesses. Try again in 12 hours.' })),
    ]);
    expect(claim).toMatchObject({ status: 'registering', reason: { code: 'graph:133008' } });
    host.pass(12 * hour - minute);
    await host.signup.runDue();
    expect(count(host, register)).toBe(1);
    host.pass(2 * minute);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(count(host, register)).toBe(2);
  });

  it('leaves a second lock of the PIN to the operator', async () => {
    const locked = refusal(133_008, { details: 'Too many guesses. Try again in 12 hours.' });
    const { id } = await during([on('POST', path, locked, 'always')]);
    host.pass(13 * hour);
    await host.signup.runDue();
    expect((await see(host, id)).claim).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'graph:133008' },
    });
    host.pass(72 * hour);
    await host.settle();
    expect(count(host, register)).toBe(2);
  });

  it('waits five minutes after the number was deleted', async () => {
    const { id, claim } = await during([on('POST', path, refusal(133_015))]);
    expect(claim.status).toBe('registering');
    host.pass(4 * minute);
    await host.signup.runDue();
    expect(count(host, register)).toBe(1);
    host.pass(2 * minute);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
  });

  it('says so after five tries, and spends no more than six in 72 hours', async () => {
    const { id } = await during([on('POST', path, refusal(131_000, { status: 500 }), 'always')]);
    for (let tries = 2; tries <= 5; tries += 1) {
      host.pass(15 * minute);
      await host.signup.runDue();
    }
    const fifth = (await see(host, id)).claim;
    expect(fifth).toMatchObject({ status: 'registering', reason: { code: 'graph:131000' } });
    expect(fifth.reason?.message).toContain('tried again by itself');
    for (let tries = 6; tries <= 9; tries += 1) {
      host.pass(15 * minute);
      await host.signup.runDue();
    }
    expect(count(host, register)).toBe(6);
    expect((await see(host, id)).claim.reason?.code).toBe('register_budget_spent');
    host.sim.setFaults([]);
    host.pass(72 * hour);
    await host.settle();
    const { claim } = await see(host, id);
    expect(claim.status).toBe('registered');
    expect(claim.reason).toBeUndefined();
  });

  it('is found out by reading after an answer that was lost', async () => {
    const { id } = await during([on('POST', path, { kind: 'lost' })]);
    await host.settle();
    const { claim, whats } = await see(host, id);
    expect(claim.status).toBe('registered');
    expect(whats).toContain('found registered');
    expect(count(host, register)).toBe(1);
  });
});
