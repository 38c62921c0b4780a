import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { incomingMessage, failedStatus, guide } from './support/guide-webhooks.ts';
import { startIdentityHost, type IdentityHost } from './support/identity-host.ts';

const { phoneNumberId, waId } = guide;
const to = `+${waId}`;

let host: IdentityHost;
beforeEach(async () => {
  host = await startIdentityHost();
});
afterEach(() => host.close());

const own = async () => {
  const { wabaId, phoneNumber } = guide;
  await host.signup.claims.import([{ customerId: 'lucky-shrub', wabaId, phoneNumberId, phoneNumber }], 'ann');
};
const forget = (over: object = {}) => host.signup.numbers.forgetIdentity({ phoneNumberId, to, ...over });
const identity = (of = waId) => host.signup.numbers.identity(phoneNumberId, of);

describe('a customer who is forgotten', () => {
  beforeEach(own);

  it('is unknown, and gets no verified text', async () => {
    await host.post(incomingMessage);
    expect((await identity()).standing).toBe('known');
    expect(await forget({ who: 'ann' })).toBe(true);
    expect(await identity()).toEqual({ standing: 'unknown' });
    const text = host.signup.numbers.sendText({ phoneNumberId, to, body: 'Hello', verified: true });
    await expect(text).rejects.toMatchObject({ code: 'identity_unknown' });
    await expect(host.signup.numbers.identityHash(phoneNumberId, waId)).rejects.toMatchObject({
      code: 'identity_unknown',
    });
    expect(host.sim.requests({ path: '/*/messages' })).toEqual([]);
    expect(await forget({ who: 'ann' })).toBe(false);
  });

  it('leaves a line in the history of the number, which does not say who they were', async () => {
    await host.post(incomingMessage);
    await forget();
    await host.post(incomingMessage);
    await forget({ who: 'ann' });
    const changes = await host.signup.numbers.changes(phoneNumberId);
    const lines = changes.filter(({ fact }) => fact === 'identityForgotten');
    expect(lines.map(({ who }) => who).toSorted()).toEqual(['ann', 'host']);
    expect(JSON.stringify(lines)).not.toContain(waId.slice(1));
  });

  it('is nobody’s change any more, also not one for which the host could vouch', async () => {
    await host.post(incomingMessage);
    await host.post(failedStatus);
    await host.signup.runDue();
    const changeId = String(host.told[0]?.data['changeId']);
    expect(await forget()).toBe(true);
    const trust = host.signup.numbers.trustIdentity({ phoneNumberId, to, changeId });
    await expect(trust).rejects.toThrow('changeId is of nobody');
    expect(await identity()).toEqual({ standing: 'unknown' });
  });

  it('comes back with what Meta delivers late or again, and can be forgotten again', async () => {
    await host.post(incomingMessage);
    await forget();
    await host.post(incomingMessage);
    expect(await identity()).toMatchObject({ standing: 'known', hash: guide.hash });
    expect(await forget()).toBe(true);
    expect(await identity()).toEqual({ standing: 'unknown' });
  });

  it('may be one whose number nobody could have today, as long as they are known', async () => {
    const old = '22997123456';
    await host.post(incomingMessage.replaceAll(waId, old));
    expect((await identity(old)).standing).toBe('known');
    expect(await forget({ to: `+${old}` })).toBe(true);
    expect((await identity(old)).standing).toBe('unknown');
    expect(await forget({ to: `+${old}` }), 'and again, to be on the safe side').toBe(false);
  });

  it.each(['370865115599', '97103657477'])(
    'may be one whose number, as Meta wrote it (%s), is read as another one: so may one who is trusted, or written to',
    async (odd) => {
      await host.post(incomingMessage.replaceAll(waId, odd));
      await host.post(failedStatus.replaceAll(waId, odd));
      await host.signup.runDue();
      const [event] = host.told;
      expect(event?.data['waId']).toBe(odd);
      const changeId = String(event?.data['changeId']);
      await host.signup.numbers.trustIdentity({ phoneNumberId, to: `+${odd}`, changeId });
      expect((await identity(odd)).standing).toBe('unknown');
      await host.post(
        incomingMessage.replaceAll(waId, odd).replace(/"timestamp": "\d+"/, '"timestamp": "1767225000"'),
      );
      const { standing } = await identity(odd);
      expect(standing).toBe('known');
      expect(await forget({ to: `+${odd}` })).toBe(true);
    },
  );

  it.each([
    ['a number without its plus', { to: waId }, 'to cannot be used'],
    ['no number', { to: 'Pablo' }, 'to cannot be used'],
    ['nobody', { to: '' }, 'to must not be empty'],
    ['no business number', { phoneNumberId: '+15550051310' }, 'phoneNumberId must be'],
    ['a name of two lines', { who: 'a\nb' }, 'who must be without control characters'],
    ['a misspelt name', { body: 'x' }, 'has a field that does not exist: body'],
  ])('is not somebody for whom %s was given', async (_what, over, sentence) => {
    await host.post(incomingMessage);
    await expect(forget(over)).rejects.toThrow(sentence);
    expect((await identity()).standing).toBe('known');
  });
});

describe('a customer of a number that is not in service', () => {
  it('is forgotten where nobody ever claimed the number', async () => {
    await host.post(incomingMessage);
    expect(await forget()).toBe(true);
    expect(await identity()).toEqual({ standing: 'unknown' });
  });

  it('is forgotten where the number left', async () => {
    await own();
    await host.post(incomingMessage);
    const { items } = await host.signup.claims.list({ limit: 1 });
    const [claim] = items;
    await host.signup.claims.end(String(claim?.id), 'ann');
    expect((await identity()).standing).toBe('known');
    expect(await forget()).toBe(true);
    expect(await identity()).toEqual({ standing: 'unknown' });
  });
});

describe('customers of numbers that are nobody’s', () => {
  const day = 86_400_000;

  it('are forgotten by themselves, 90 days after their last sign of life', async () => {
    const now = Date.UTC(2026, 0, 1);
    await host.post(incomingMessage.replace('1686591695', String(now / 1000)));
    await host.signup.runDue();
    expect((await identity()).standing).toBe('known');
    host.pass(89 * day);
    await host.signup.runDue();
    expect((await identity()).standing).toBe('known');
    host.pass(2 * day);
    await host.signup.runDue();
    expect((await identity()).standing).toBe('unknown');
  });

  it('are known again when the number comes back before 90 days are over, and are then kept', async () => {
    await own();
    await host.post(incomingMessage);
    const { items } = await host.signup.claims.list({ limit: 1 });
    await host.signup.claims.end(String(items[0]?.id), 'ann');
    host.pass(89 * day);
    await host.signup.runDue();
    await own();
    host.pass(900 * day);
    await host.signup.runDue();
    expect((await identity()).standing).toBe('known');
  });

  it('are forgotten 90 days after the number left', async () => {
    await own();
    await host.post(incomingMessage);
    const { items } = await host.signup.claims.list({ limit: 1 });
    await host.signup.claims.end(String(items[0]?.id), 'ann');
    host.pass(91 * day);
    await host.signup.runDue();
    expect((await identity()).standing).toBe('unknown');
  });
});
