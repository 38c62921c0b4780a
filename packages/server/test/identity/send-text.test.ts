import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GraphError, IdentityChangedError, type TextToSend } from '../../src/index.ts';
import { incomingMessage, failedStatus, guide } from './support/guide-webhooks.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const { phoneNumberId, waId } = guide;
const to = `+${waId}`;

let host: IdentityHost;
beforeEach(async () => {
  host = await startIdentityHost();
});
afterEach(() => host.close());

/** The host owns the guide's number, or another one in its place. */
async function own(phoneNumber = guide.phoneNumber): Promise<void> {
  const { wabaId } = guide;
  await host.signup.claims.import([{ customerId: 'lucky-shrub', wabaId, phoneNumberId, phoneNumber }], 'ann');
}

const send = (text: Partial<TextToSend> = {}) =>
  host.signup.numbers.sendText({ phoneNumberId, to, body: 'Hello', ...text });
const sent = () => host.sim.requests({ path: '/*/messages' });
/** Meta says no, and has done nothing. */
const refusal = (code: number) => {
  const error = { message: 'No.', type: 'OAuthException', code };
  return { kind: 'error', status: 400, error } as const;
};
const callsOn = (id: string, path: string) => host.sim.requests({ path: `/${id}/${path}` });

describe('a verified text', () => {
  beforeEach(() => own());

  it('is refused while no hash of the customer is known', async () => {
    await expect(send({ verified: true })).rejects.toMatchObject({ code: 'identity_unknown' });
    expect(sent()).toEqual([]);
  });

  it('is refused once the customer’s identity has changed, with when and by which message', async () => {
    await host.post(incomingMessage);
    await host.post(failedStatus);
    const error: unknown = await send({ verified: true }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IdentityChangedError);
    expect(error).toMatchObject({
      changedAt: 1_686_594_665_000,
      messageId: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJDQzA0OEU4OTdEQUE5REVCQTgA',
    });
    expect(sent()).toEqual([]);
  });

  it('is refused for each business number apart: what one knows of a customer the other does not', async () => {
    await host.post(incomingMessage.replaceAll(phoneNumberId, '106540352242923'));
    await expect(send({ verified: true })).rejects.toMatchObject({ code: 'identity_unknown' });
  });

  it.each<[string, Partial<Record<keyof TextToSend, unknown>>, string]>([
    ['the word is no yes or no', { verified: 'yes' }, 'verified must be true or false'],
    ['a name is misspelt', { verify: true } as object, 'has a field that does not exist: verify'],
    ['it says nothing', { body: '' }, 'body must not be empty'],
    ['it is too long', { body: 'x'.repeat(4097) }, 'body must have 4,096 characters or less'],
    ['the sender has no id', { phoneNumberId: '+15550051310' }, 'phoneNumberId must be a string of'],
    ['nobody is meant', { to: '' }, 'to must not be empty'],
    ['no number is meant', { to: 'Pablo' }, 'to cannot be used'],
  ])('is refused when %s', async (_name, text, sentence) => {
    await expect(send(text as Partial<TextToSend>)).rejects.toThrow(sentence);
    expect(sent()).toEqual([]);
  });
});

describe('a text', () => {
  it.each([
    ['(631) 555-1234', '+916315551234'],
    ['1 (631) 555-1234', '+9116315551234'],
  ])('to %s is refused, because Meta would deliver it to %s', async (written, deliveredTo) => {
    await own('+919876543210');
    const error: unknown = await send({ to: written }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'InvalidRequestError', issues: [{ path: 'to' }] });
    expect(String(error)).toContain(deliveredTo);
    await expect(
      host.signup.numbers.trustIdentity({ phoneNumberId, to: written, body: 'Hello' }),
    ).rejects.toThrow(deliveredTo);
    expect(sent()).toEqual([]);
  });

  it('is refused of a number that nobody owns, or that left', async () => {
    await expect(send()).rejects.toMatchObject({ code: 'phone_number_missing' });
    const { claimId, phoneNumberId: id } = await host.registered();
    await host.signup.claims.end(claimId, 'ann');
    await expect(send({ phoneNumberId: id })).rejects.toMatchObject({ code: 'phone_number_left' });
    expect(sent()).toEqual([]);
  });
});

describe('a text of a number in service', () => {
  let id: string;
  const say = (text: Partial<TextToSend> = {}) => send({ phoneNumberId: id, ...text });
  beforeEach(async () => {
    ({ phoneNumberId: id } = await host.registered());
  });

  it.each([
    ['+16315551234', '16315551234'],
    ['+1 (631) 555-1234', '16315551234'],
  ])('to %s goes to %s, as long as Meta allows', async (written, delivered) => {
    const { messageId, waId: told } = await say({ to: written, body: 'x'.repeat(4096), previewUrl: true });
    expect(told).toBe(delivered);
    expect(callsOn(id, 'messages').map(({ body }) => body)).toMatchObject([
      { to: `+${delivered}`, text: { preview_url: true } },
    ]);
    expect(host.sim.messages().map((message) => [message.id, message.waId])).toEqual([
      [messageId, delivered],
    ]);
  });

  it('is refused as a verified one while the identity check is known to be off', async () => {
    host.sim.emit({ kind: 'message', phoneNumberId: id, from: to, text: 'Hi' });
    await host.deliver();
    await host.signup.numbers.setIdentityCheck(id, 'ann', false);
    await expect(say({ verified: true })).rejects.toMatchObject({ code: 'identity_check_off' });
    await expect(host.signup.numbers.identityHash(id, waId)).rejects.toMatchObject({
      code: 'identity_check_off',
    });
    expect(callsOn(id, 'messages')).toEqual([]);
    await host.signup.numbers.setIdentityCheck(id, 'ann', true);
    await say({ verified: true });
    expect(callsOn(id, 'messages')).toHaveLength(1);
  });

  it.each([
    ['551187654321', '+55 11 98765-4321'],
    ['5511987654321', '+551187654321'],
    ['5215512345678', '+52 55 1234 5678'],
    ['525512345678', '+5215512345678'],
  ])('finds the hash of %s, whom the host knows as %s', async (from, written) => {
    host.sim.emit({ kind: 'message', phoneNumberId: id, from: `+${from}`, text: 'Oi' });
    await host.deliver();
    const hash = await host.signup.numbers.identityHash(id, from);
    await say({ to: written, verified: true });
    expect(callsOn(id, 'messages').map(({ body }) => body['recipient_identity_key_hash'])).toEqual([hash]);
  });

  it('is never sent twice: when Meta’s answer is lost, it says that nobody knows', async () => {
    host.sim.setFaults([{ match: { path: '/*/messages' }, fault: { kind: 'lost' } }]);
    const error: unknown = await say().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'SendAnswerLostError',
      code: 'answer_lost',
      cause: expect.any(GraphError),
    });
    expect(host.sim.messages()).toHaveLength(1);
  });

  it('is refused by Meta in Meta’s words, when it was not sent', async () => {
    host.sim.setFaults([{ match: { path: '/*/messages' }, fault: refusal(131_031) }]);
    await expect(say()).rejects.toBeInstanceOf(GraphError);
    expect(host.sim.messages()).toEqual([]);
  });

  it('that is sent again to a customer whom the host trusts leaves them trusted when its answer is lost', async () => {
    await host.post(failedStatus.replaceAll(phoneNumberId, id));
    expect((await host.signup.numbers.identity(id, waId)).standing).toBe('changed');
    host.sim.setFaults([{ match: { path: '/*/messages' }, fault: { kind: 'lost' } }]);
    const again = host.signup.numbers.trustIdentity({ phoneNumberId: id, to, body: 'Hello' });
    await expect(again).rejects.toMatchObject({ code: 'answer_lost' });
    expect((await host.signup.numbers.identity(id, waId)).standing).toBe('unknown');
  });

  it('trusts nobody when what it was given is wrong', async () => {
    await host.post(failedStatus.replaceAll(phoneNumberId, id));
    for (const wrong of [
      { to: '16505551234' },
      { body: '' },
      { who: 'a\nb' },
      { verified: true } as object,
    ]) {
      const customer = { phoneNumberId: id, to, ...wrong };
      await expect(host.signup.numbers.trustIdentity(customer)).rejects.toThrow('Nothing has changed');
    }
    expect((await host.signup.numbers.identity(id, waId)).standing).toBe('changed');
  });
});

describe('the identity check of a number', () => {
  it('is known as off from before Meta switches it off, so that no verified text goes out unchecked', async () => {
    const { phoneNumberId: id } = await host.registered();
    const isOn = async () => (await host.signup.numbers.find(id)).identityCheck;
    expect(await isOn()).toBe(true);
    host.sim.setFaults([{ match: { path: '/*/settings' }, fault: { kind: 'lost' }, times: 'always' }]);
    await expect(host.signup.numbers.setIdentityCheck(id, 'ann', false)).rejects.toBeInstanceOf(GraphError);
    expect(await isOn()).toBe(false);
    host.sim.setFaults([]);
    await host.signup.numbers.setIdentityCheck(id, 'ann', true);
    expect(await isOn()).toBe(true);
  });

  it('is known as it was when Meta refuses', async () => {
    const { phoneNumberId: id } = await host.registered();
    host.sim.setFaults([{ match: { path: '/*/settings' }, fault: refusal(200) }]);
    await expect(host.signup.numbers.setIdentityCheck(id, 'ann', false)).rejects.toBeInstanceOf(GraphError);
    expect((await host.signup.numbers.find(id)).identityCheck).toBe(true);
  });
});
