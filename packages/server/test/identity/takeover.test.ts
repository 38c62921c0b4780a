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
  host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'Hello, it is Pablo' });
  await host.deliver();
});
afterEach(() => host.close());

const send = (body: string) => host.signup.numbers.sendText({ phoneNumberId, to, body, verified: true });
const identity = () => host.signup.numbers.identity(phoneNumberId, waId);
const texts = () =>
  host.sim
    .messages()
    .filter(({ direction }) => direction === 'to-customer')
    .map(({ content, status }) => [(content as { body: string }).body, status]);

describe('a customer whose number somebody else took over', () => {
  it('is written to as long as they are the same; then the text fails, the host vouches, and texts arrive again', async () => {
    const { messageId } = await send('one');
    await host.deliver();
    expect(texts()).toEqual([['one', 'delivered']]);
    const first = await host.signup.numbers.identityHash(phoneNumberId, waId);

    host.sim.emit({ kind: 'identity-changed', waId });
    const failed = await send('two');
    await host.deliver();
    expect(failed.messageId).not.toBe(messageId);
    expect(texts().at(-1)).toEqual(['two', 'failed']);
    expect(host.told.map(({ data }) => data)).toEqual([
      {
        phoneNumberId,
        waId,
        how: 'mismatch',
        messageId: failed.messageId,
        changedAt: expect.stringMatching(/^2026-01-01T/),
        changeId: expect.stringMatching(/^[\w-]{16}$/),
      },
    ]);

    await expect(send('three')).rejects.toMatchObject({
      code: 'identity_changed',
      messageId: failed.messageId,
    });
    await expect(host.signup.numbers.identityHash(phoneNumberId, waId)).rejects.toThrow(IdentityChangedError);
    expect(texts()).toHaveLength(2);

    const again = await host.signup.numbers.trustIdentity({ phoneNumberId, to, body: 'two', who: 'ann' });
    expect(again?.messageId).toMatch(/^wamid\./);
    // The old hash was refused, and the new one is not known yet.
    await expect(send('too soon')).rejects.toMatchObject({ code: 'identity_unknown' });
    await host.deliver();
    expect(texts().at(-1)).toEqual(['two', 'delivered']);
    const second = await host.signup.numbers.identityHash(phoneNumberId, waId);
    expect(second).not.toBe(first);

    await send('three');
    await host.deliver();
    expect(texts().at(-1)).toEqual(['three', 'delivered']);
    expect(host.sim.requests({ path: `/${phoneNumberId}/messages` }).map(({ body }) => hashIn(body))).toEqual(
      [first, first, undefined, second],
    );
    expect(host.told).toHaveLength(1);
  });

  it('is not trusted because the new owner of the number writes', async () => {
    host.sim.emit({ kind: 'identity-changed', waId });
    host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi' });
    await host.deliver();
    host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi?' });
    await host.deliver();
    await expect(send('your balance')).rejects.toMatchObject({ code: 'identity_changed' });
    expect(texts()).toEqual([]);
    expect(host.told.map(({ data }) => data)).toMatchObject([{ phoneNumberId, waId, how: 'new_hash' }]);

    // Who they are was made sure of, and nothing is to be sent again: the hash of their messages is theirs.
    expect(await host.signup.numbers.trustIdentity({ phoneNumberId, to })).toBeUndefined();
    await send('your balance');
    await host.deliver();
    expect(texts()).toEqual([['your balance', 'delivered']]);
    expect(host.told).toHaveLength(1);
  });

  it('is told of once more when the number changes hands once more', async () => {
    for (let change = 1; change <= 3; change += 1) {
      host.sim.emit({ kind: 'identity-changed', waId });
      host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi' });
      await host.deliver();
      expect(host.told).toHaveLength(change);
      await host.signup.numbers.trustIdentity({ phoneNumberId, to, body: 'welcome back' });
      await host.deliver();
      expect((await identity()).standing).toBe('known');
    }
  });

  it('is sent the text with the hash that the host vouches for: it reaches nobody who came after', async () => {
    host.sim.emit({ kind: 'identity-changed', waId });
    host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi' });
    await host.deliver();
    // While the host makes sure of them, the number changes hands once more, and nobody hears of it.
    host.pass(5_000);
    host.sim.emit({ kind: 'identity-changed', waId });
    const again = await host.signup.numbers.trustIdentity({ phoneNumberId, to, body: 'for your eyes only' });
    host.pass(5_000);
    await host.deliver();
    expect(texts()).toEqual([['for your eyes only', 'failed']]);
    expect(host.told.map(({ data }) => data)).toMatchObject([
      { how: 'new_hash' },
      { how: 'mismatch', messageId: again?.messageId },
    ]);
  });

  it('stays changed when the webhooks come twice and in another order', async () => {
    host.sim.setDelivery({ auto: false, duplicates: 2, order: 'shuffled' });
    host.sim.emit({ kind: 'identity-changed', waId });
    await send('one');
    host.pass(5_000);
    host.sim.emit({ kind: 'message', phoneNumberId, from: to, text: 'hi' });
    await host.deliver();
    expect(await identity()).toMatchObject({ standing: 'changed', how: 'mismatch' });
    expect(host.told).toHaveLength(1);
  });
});

function hashIn(body: Readonly<Record<string, unknown>>): unknown {
  return body['recipient_identity_key_hash'];
}
