import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, on, refusal, see, signUp } from './support/sign-up.ts';

const hour = 3_600_000;
const set = 'POST /:id/settings';
let host: TestHost;
let told: string[];
beforeEach(async () => {
  told = [];
  host = await startHost({
    identityCheck: true,
    on: { claimRegistered: ({ claimId }) => void told.push(String(claimId)) },
  });
});
afterEach(() => host.close());
const isOn = () => host.sim.state().phoneNumbers.map(({ identityKeyCheck }) => identityKeyCheck);

describe('the identity check', () => {
  it('is on when the claim is registered', async () => {
    const { id } = await signUp(host);
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({
      status: 'registered',
      registeredAt: expect.any(String),
    });
    expect(isOn()).toEqual([true]);
    expect(count(host, set)).toBe(1);
    expect(told).toEqual([id]);
  });

  it('is on after an answer that was lost, and the number is registered once', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', { kind: 'lost' })]);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(isOn()).toEqual([true]);
    expect(count(host, 'POST /:id/register')).toBe(1);
  });

  it('that Meta refuses for good keeps no number from being registered; the claim says so', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', refusal(100), 'always')]);
    await host.settle();
    const { claim, history } = await see(host, id);
    expect(claim).toMatchObject({ status: 'registered', reason: { code: 'identity_check_failed' } });
    expect(history.at(-1)).toMatchObject({ reason: 'graph:100', traceId: expect.any(String) });
    expect(count(host, set)).toBe(1);
    expect(told).toEqual([id]);
  });

  it('is left off where an operator has switched it off since the number was registered, and the history says so', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', refusal(2, { status: 503 }), 'always')]);
    await host.signup.runDue();
    host.sim.setFaults([]);
    const phoneNumberId = String((await see(host, id)).claim.phoneNumberId);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'ann', false);
    await host.settle();
    expect((await host.signup.numbers.find(phoneNumberId)).identityCheck).toBe(false);
    expect(isOn()).toEqual([false]);
    const { claim, history } = await see(host, id);
    expect(claim.status).toBe('registered');
    expect(claim.reason).toBeUndefined();
    expect(history.at(-1)).toMatchObject({
      what: expect.stringMatching(/identity check left off: .*ann.*switched it off/),
      who: 'kit',
    });
    expect(told).toEqual([id]);
  });

  it('is left off when an operator switches it off at the same moment', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', { kind: 'slow', ms: 600 })]);
    const run = host.signup.runDue();
    await expect.poll(() => count(host, set), { timeout: 10_000 }).toBe(1);
    const phoneNumberId = String((await see(host, id)).claim.phoneNumberId);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'ann', false);
    await run;
    expect((await host.signup.numbers.find(phoneNumberId)).identityCheck).toBe(false);
    expect((await see(host, id)).claim.status).toBe('registering');
    await host.settle();
    expect((await host.signup.numbers.find(phoneNumberId)).identityCheck).toBe(false);
    expect(isOn()).toEqual([false]);
    expect((await see(host, id)).claim.status).toBe('registered');
    expect(told).toEqual([id]);
  });

  it('is switched on once more when the operator has thought better of it', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', refusal(2, { status: 503 }), 'always')]);
    await host.signup.runDue();
    host.sim.setFaults([]);
    const phoneNumberId = String((await see(host, id)).claim.phoneNumberId);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'ann', false);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'ann', true);
    await host.settle();
    expect((await host.signup.numbers.find(phoneNumberId)).identityCheck).toBe(true);
    expect(isOn()).toEqual([true]);
  });

  it.each([
    ['stays off when the customer signs up again with their number', false],
    ['is on when the number comes back after its claim was over, whatever was decided before', true],
  ])('%s', async (_sentence, isOver) => {
    const { id, wabaId } = await signUp(host, { person: 'ada' });
    await host.settle();
    const phoneNumberId = String((await see(host, id)).claim.phoneNumberId);
    await host.signup.numbers.setIdentityCheck(phoneNumberId, 'ann', false);
    if (isOver) await host.signup.claims.end(id, 'ann');
    const again = await signUp(host, { outcome: 'app_only', person: 'ada', accountId: wabaId });
    await host.settle();
    expect((await see(host, again.id)).claim).toMatchObject({ status: 'registered', phoneNumberId });
    expect((await host.signup.numbers.find(phoneNumberId)).identityCheck).toBe(isOver);
    expect(isOn()).toEqual([isOver]);
  });

  it('is tried for a day while Meta asks for another try, and then the number is registered without it', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('POST', '/*/settings', refusal(2, { status: 503 }), 'always')]);
    await host.signup.runDue();
    expect((await see(host, id)).claim.status).toBe('registering');
    expect(told).toEqual([]);
    host.pass(23 * hour);
    await host.signup.runDue();
    expect((await see(host, id)).claim.status).toBe('registering');
    host.pass(hour);
    await host.signup.runDue();
    expect((await see(host, id)).claim).toMatchObject({
      status: 'registered',
      reason: { code: 'identity_check_failed' },
    });
    expect(told).toEqual([id]);
  });
});
