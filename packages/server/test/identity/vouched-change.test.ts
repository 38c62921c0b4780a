import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentityChangedError } from '../../src/index.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const waId = '16505551234';
const to = `+${waId}`;

let host: IdentityHost;
let phoneNumberId: string;
beforeEach(async () => {
  host = await startIdentityHost();
  ({ phoneNumberId } = await host.registered());
  await writes();
});
afterEach(() => host.close());

const writes = async () => {
  host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi' });
  await host.deliver();
};
/** The number changes hands, and its new owner writes. */
const changesHands = async () => {
  host.sim.emit({ kind: 'identity-changed', waId });
  await writes();
};
const identity = () => host.signup.numbers.identity(phoneNumberId, waId);
const trust = (over: object = {}) =>
  host.signup.numbers.trustIdentity({ phoneNumberId, to, who: 'ann', ...over });
const changeId = () => String(host.told.at(-1)?.data['changeId']);

describe('whoever vouches for a customer', () => {
  it('does so for the change that they were told of, and for no later one', async () => {
    await changesHands();
    expect(host.told).toHaveLength(1);
    const told = changeId();
    expect(told).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect(await identity()).toMatchObject({ standing: 'changed', changeId: told });

    // While they make sure of who that is, the number is stolen.
    await changesHands();
    const error: unknown = await trust({ changeId: told, body: 'your balance' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(IdentityChangedError);
    const now = await identity();
    expect(now).toMatchObject({ standing: 'changed' });
    expect(error).toMatchObject({ changeId: now.standing === 'changed' ? now.changeId : '' });
    expect((error as IdentityChangedError).changeId).not.toBe(told);
    expect(host.sim.requests({ path: '/*/messages' })).toEqual([]);

    await trust({ changeId: (error as IdentityChangedError).changeId });
    expect((await identity()).standing).toBe('known');
  });

  it('may do so while the same person goes on writing', async () => {
    await changesHands();
    const told = changeId();
    await writes();
    await writes();
    expect(await identity()).toMatchObject({ standing: 'changed', changeId: told });
    await trust({ changeId: told });
    expect((await identity()).standing).toBe('known');
  });

  it('stands in what is known of the customer, with the time', async () => {
    expect(Object.keys(await identity())).toEqual(['standing', 'hash', 'seenAt']);
    await changesHands();
    expect(await identity()).not.toHaveProperty('trustedBy');
    await trust({ changeId: changeId() });
    expect(await identity()).toMatchObject({
      standing: 'known',
      trustedBy: 'ann',
      trustedAt: expect.any(Number),
    });
  });

  it.each([['a word'], [''], [7], [`${'a'.repeat(15)}+`]])(
    'is refused with %j for a change',
    async (wrong) => {
      await changesHands();
      await expect(trust({ changeId: wrong })).rejects.toThrow('changeId must be');
      expect((await identity()).standing).toBe('changed');
    },
  );

  it('is refused for somebody of whom nothing is known, with the change of somebody else', async () => {
    await changesHands();
    const stranger = trust({ to: '+16505559999', changeId: changeId() });
    await expect(stranger).rejects.toThrow('changeId is of nobody');
    const text = host.signup.numbers.identity(phoneNumberId, '16505559999');
    expect(await text).toEqual({ standing: 'unknown' });
  });
});

describe('a customer whose number nobody could have today', () => {
  /** Benin, before its numbers had ten digits. */
  const old = '22997123456';
  const wrote = (hash: string, at: number) =>
    host.post(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [
              {
                field: 'messages',
                value: {
                  metadata: { phone_number_id: phoneNumberId },
                  contacts: [{ wa_id: old, identity_key_hash: hash }],
                  messages: [{ from: old, id: `wamid.${hash}`, timestamp: String(at) }],
                },
              },
            ],
          },
        ],
      }),
    );

  it('is trusted and written to as Meta names them, once Meta has', async () => {
    const text = { phoneNumberId, to: `+${old}`, body: 'Bonjour' };
    await expect(host.signup.numbers.sendText(text)).rejects.toThrow('to cannot be used: it ');
    await expect(trust({ to: `+${old}` })).rejects.toThrow('to cannot be used: it ');
    await wrote('A', 1_700_000_000);
    await wrote('B', 1_700_000_100);
    await host.deliver();
    expect(host.told.map(({ data }) => data['waId'])).toEqual([old]);
    await trust({ to: `+${old}`, changeId: changeId() });
    expect(await host.signup.numbers.identity(phoneNumberId, old)).toMatchObject({
      standing: 'known',
      hash: 'B',
    });
    await host.signup.numbers.sendText({ ...text, verified: true }).catch(() => undefined);
    expect(host.sim.requests({ path: '/*/messages' }).map(({ body }) => body)).toMatchObject([
      { to: `+${old}`, recipient_identity_key_hash: 'B' },
    ]);
    // Another one, who has the same country and has never written.
    await expect(trust({ to: '+22997123457' })).rejects.toThrow('to cannot be used');
  });
});
