import { afterEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { count, on, refusal, see, signUp } from './support/sign-up.ts';

const minute = 60_000;
const hour = 60 * minute;
const add = 'POST /:id/phone_numbers';
const without = { outcome: 'only_waba' } as const;

let host: TestHost;
const begin = async (over: Parameters<typeof startHost>[0] = {}) => {
  host = await startHost({ attachWhenNoNumber: true, ...over });
};
afterEach(() => host.close());
const poolNumber = async (id: string) =>
  (await host.signup.pool.list({ limit: 10 })).items.find((one) => one.id === id);

describe('a customer who finishes without a number, at a host that wants the held one attached', () => {
  it('gets the number that was held for them, and it is registered', async () => {
    await begin();
    const { id, wabaId, heldId } = await signUp(host, without);
    const phoneNumber = (await poolNumber(heldId))?.phoneNumber ?? '';
    await host.settle();
    const { claim, whats } = await see(host, id);
    expect(claim).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
      wabaId,
      phoneNumber,
    });
    expect(whats).toContain('held number put on the account');
    expect(await poolNumber(heldId)).toMatchObject({ claimId: id, claimedBy: 'lucky-shrub' });
    const [sent, ...more] = host.sim.requests({ method: 'POST', path: '/*/phone_numbers' });
    expect(more).toEqual([]);
    expect(sent?.body).toMatchObject({
      cc: '1',
      phone_number: phoneNumber.slice('+1'.length),
      preverified_id: heldId,
      verified_name: host.sim.state().accounts[0]?.name,
    });
  });

  it.each([
    ['at once', false],
    ['after the pool was listed again without the number', true],
  ])('gets it once when the answer is lost, and it is found on the account %s', async (_name, synced) => {
    await begin();
    const { id } = await signUp(host, without);
    host.sim.setFaults([on('POST', '/*/phone_numbers', { kind: 'lost' })]);
    await host.signup.runDue();
    expect((await see(host, id)).claim).toMatchObject({ status: 'received', step: 'attach' });
    if (synced) await host.signup.pool.sync();
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'registered', numberSource: 'pool' });
    expect(count(host, add)).toBe(1);
    expect(host.sim.state().phoneNumbers).toHaveLength(1);
  });

  it('is left to the operator when Meta refuses it for good, and the number stays in the pool', async () => {
    await begin();
    const { id, heldId } = await signUp(host, without);
    host.sim.setFaults([on('POST', '/*/phone_numbers', refusal(200_000, { subcode: 3_095_008 }))]);
    await host.settle();
    const { claim, history } = await see(host, id);
    expect(claim).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:200000' } });
    expect(claim.reason?.message).toContain('Solution Partner');
    expect(history.at(-1)).toMatchObject({
      who: 'meta',
      reason: 'graph:200000',
      traceId: expect.any(String),
    });
    expect(count(host, add)).toBe(1);
    expect(await poolNumber(heldId)).toMatchObject({ claimId: undefined, goneAt: undefined });
  });

  it('is tried again whenever the operator has mended what Meta refused it for', async () => {
    await begin();
    const { id } = await signUp(host, without);
    host.sim.setFaults([on('POST', '/*/phone_numbers', refusal(200_000, { subcode: 3_095_008 }), 3)]);
    await host.settle();
    for (let tries = 1; tries <= 3; tries += 1) {
      expect((await see(host, id)).claim.reason?.code).toBe('graph:200000');
      expect(count(host, add)).toBe(tries);
      await host.signup.claims.retry(id, 'mara');
      await host.settle();
    }
    expect((await see(host, id)).claim).toMatchObject({ status: 'registered', numberSource: 'pool' });
    expect(count(host, add)).toBe(4);
  });

  it('is left to the operator when two tries within a day came to nothing, and a third is made a day later', async () => {
    await begin();
    const { id } = await signUp(host, without);
    host.sim.setFaults([on('POST', '/*/phone_numbers', { kind: 'reset' }, 'always')]);
    for (let look = 0; look < 4; look += 1) {
      await host.signup.runDue();
      host.pass(2 * minute);
    }
    expect((await see(host, id)).claim).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'attach_budget_spent' },
    });
    // When it may be asked again: a day after the first try.
    expect((await see(host, id)).claim.reason?.message).toMatch(/From 2026-01-02T00:0\d:\d\d\.\d{3}Z on/);
    expect(count(host, add)).toBe(2);
    host.sim.setFaults([]);
    await host.signup.claims.retry(id, 'mara');
    await host.settle();
    expect(count(host, add)).toBe(2);
    host.pass(24 * hour);
    await host.signup.claims.retry(id, 'mara');
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'registered', numberSource: 'pool' });
    expect(count(host, add)).toBe(3);
  });

  it('has no number when their hold was over before they finished', async () => {
    await begin();
    const { id } = await signUp(host, without, 'lucky-shrub', async () => {
      host.pass(61 * minute);
      await host.signup.runDue();
    });
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'no_number', numberSource: 'none' });
    expect(count(host, add)).toBe(0);
  });

  it('gets none on an account on which another customer has a live claim', async () => {
    await begin();
    const agency = { person: 'agency' };
    const first = await signUp(host, { ownNumber: '+1 555 200 0001', ...agency }, 'first');
    await host.settle();
    expect((await see(host, first.id)).claim.status).toBe('registered');
    const second = await signUp(host, { ...without, ...agency, accountId: first.wabaId }, 'second');
    await host.settle();
    expect((await see(host, second.id)).claim).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'account_of_another' },
    });
    expect(count(host, add)).toBe(0);
  });
});

describe('a customer who finishes without a number, at a host that did not ask for more', () => {
  it('has none, and nothing is added to their account', async () => {
    await begin({ attachWhenNoNumber: false });
    const { id, wabaId } = await signUp(host, without);
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'no_number', numberSource: 'none', wabaId });
    expect(count(host, add)).toBe(0);
  });
});
