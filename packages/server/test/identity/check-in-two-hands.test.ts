import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaries } from '../support/host.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const waId = '16505551234';
const to = `+${waId}`;
/** Meta takes its time for the first of two calls. */
const slow = [{ match: { path: '/*/settings' }, fault: { kind: 'slow', ms: 600 } }] as const;

let host: IdentityHost;
let phoneNumberId: string;
let claimId: string;
beforeEach(async () => {
  host = await startIdentityHost();
  ({ phoneNumberId, claimId } = await host.registered());
  host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'Hello, it is Pablo' });
  await host.deliver();
});
afterEach(() => host.close());

const switchTo = (enabled: boolean, who: string) =>
  host.signup.numbers.setIdentityCheck(phoneNumberId, who, enabled);
const settings = () => host.sim.requests({ path: `/${phoneNumberId}/settings` });
const isOn = async () => (await host.signup.numbers.find(phoneNumberId)).identityCheck;
const send = () => host.signup.numbers.sendText({ phoneNumberId, to, body: 'your balance', verified: true });

/** Somebody switches the check by another tool. */
async function switchedByHand({ sim }: IdentityHost, id: string, enabled: boolean): Promise<void> {
  const answer = await fetch(`${sim.meta.graphUrl}/v26.0/${id}/settings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${canaries.systemUserToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user_identity_change: { enable_identity_key_check: enabled } }),
  });
  expect(answer.status).toBe(200);
}

/** Begins with a call that Meta is slow to answer, and does the other once Meta has the first. */
async function whileMetaThinks(first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const before = settings().length;
  host.sim.setFaults([...slow]);
  const begun = first();
  const ended = Promise.allSettled([begun]);
  await expect.poll(() => settings().length).toBeGreaterThan(before);
  const [other] = await Promise.allSettled([second()]);
  const [one] = await ended;
  return [one, other];
}

describe('the identity check that two people switch at once', () => {
  it('counts as off when it was switched off while it was being switched on, and who is late is told', async () => {
    const [on, off] = await whileMetaThinks(
      () => switchTo(true, 'ann'),
      () => switchTo(false, 'bob'),
    );
    expect(on).toMatchObject({ status: 'rejected', reason: { code: 'identity_check_contested' } });
    expect(off).toMatchObject({ status: 'fulfilled', value: { identityCheck: false } });
    expect(await isOn()).toBe(false);
    host.sim.emit({ kind: 'identity-changed', waId });
    await expect(send()).rejects.toMatchObject({ code: 'identity_check_off' });
    expect(host.sim.requests({ path: '/*/messages' })).toEqual([]);
    expect((await switchTo(true, 'ann')).identityCheck).toBe(true);
  });

  it('is not switched on while it is being switched off: Meta might do the older of the two later', async () => {
    const before = settings().length;
    const [off, on] = await whileMetaThinks(
      () => switchTo(false, 'bob'),
      () => switchTo(true, 'ann'),
    );
    expect(off).toMatchObject({ status: 'fulfilled', value: { identityCheck: false } });
    expect(on).toMatchObject({ status: 'rejected', reason: { code: 'identity_check_contested' } });
    expect(settings()).toHaveLength(before + 1);
    expect(await isOn()).toBe(false);
    expect((await switchTo(true, 'ann')).identityCheck).toBe(true);
    await send();
    await host.deliver();
    expect(host.sim.messages().at(-1)?.status).toBe('delivered');
  });

  it('says in its history what has come of it, and not what was tried', async () => {
    await whileMetaThinks(
      () => switchTo(true, 'ann'),
      () => switchTo(false, 'bob'),
    );
    const changes = (await host.signup.numbers.changes(phoneNumberId)).filter(
      ({ fact }) => fact === 'identityCheck',
    );
    expect(changes.map(({ after, who }) => [after, who])).toEqual([
      ['off', 'bob'],
      ['on', 'kit'],
    ]);
  });
});

describe('a number that left', () => {
  it('counts as off when it comes back, also where the kit never knew whether its check was on', async () => {
    const other = await startIdentityHost({ identityCheck: false });
    try {
      const number = await other.registered();
      const set = (enabled: boolean) => switchedByHand(other, number.phoneNumberId, enabled);
      await set(true);
      other.sim.emit({ kind: 'message', phoneNumberId: number.phoneNumberId, from: to, text: 'Hi' });
      await other.deliver();
      expect(await other.signup.numbers.identityHash(number.phoneNumberId, waId)).toEqual(expect.any(String));
      const { wabaId = '', phoneNumber = '' } = (await other.signup.claims.find(number.claimId)) ?? {};
      await other.signup.claims.end(number.claimId, 'ann');
      await set(false);
      const row = { customerId: 'x', wabaId, phoneNumberId: number.phoneNumberId, phoneNumber };
      await other.signup.claims.import([row], 'ann');
      other.sim.emit({ kind: 'identity-changed', waId });
      const text = { phoneNumberId: number.phoneNumberId, to, body: 'your balance', verified: true };
      await expect(other.signup.numbers.sendText(text)).rejects.toMatchObject({ code: 'identity_check_off' });
      expect(other.sim.requests({ path: '/*/messages' })).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('has no hashes for anybody, and is not known as checked when it comes back', async () => {
    const { wabaId = '', phoneNumber = '' } = (await host.signup.claims.find(claimId)) ?? {};
    await host.signup.claims.end(claimId, 'ann');
    const hash = () => host.signup.numbers.identityHash(phoneNumberId, waId);
    await expect(hash()).rejects.toMatchObject({ code: 'phone_number_left' });
    await expect(host.signup.numbers.identityHash('999', waId)).rejects.toMatchObject({
      code: 'phone_number_missing',
    });
    // Whoever has it meanwhile switches the check off.
    await switchedByHand(host, phoneNumberId, false);
    await host.signup.claims.import([{ customerId: 'x', wabaId, phoneNumberId, phoneNumber }], 'ann');
    expect(await host.signup.numbers.find(phoneNumberId)).toMatchObject({ identityCheck: false });
    host.sim.emit({ kind: 'identity-changed', waId });
    await expect(send()).rejects.toMatchObject({ code: 'identity_check_off' });
    await expect(hash()).rejects.toMatchObject({ code: 'identity_check_off' });
    expect(host.sim.requests({ path: '/*/messages' })).toEqual([]);
    const [newest] = await host.signup.numbers.changes(phoneNumberId);
    expect(newest).toMatchObject({ fact: 'identityCheck', before: 'on', after: 'off', who: 'kit' });
  });
});
