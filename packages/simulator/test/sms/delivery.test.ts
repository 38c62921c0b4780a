import { describe, expect, test } from 'vitest';
import { createSimulator, type Simulator, type WebhookCall } from '../../src/index.ts';
import { calls } from '../numbers/support/number-calls.ts';
import { callback, control } from '../support/callback.ts';
import { at } from '../support/graph-client.ts';
import { NOON, playground, seedOne } from '../support/playground.ts';

/** Has a code sent to a fresh number of the pool. */
async function sendCode(simulator: Simulator): Promise<void> {
  const { id } = seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' });
  await calls(simulator).requestCode(id);
}

describe('a text', () => {
  test.each([200, 201, 204])('is handed in once when the BSP answers %i', async (status) => {
    const simulator = await playground();
    const bsp = await callback();
    bsp.behave(status);
    simulator.setSms({ url: bsp.url });
    await sendCode(simulator);
    await bsp.arrived(1);
    await simulator.deliverSms({ onlyDue: true });
    simulator.advance('P1D');
    expect(await simulator.deliverSms()).toEqual([]);
    expect(simulator.smsDeliveries()).toMatchObject([
      { state: 'acknowledged', attempts: [{ at: NOON, status }], nextAt: undefined },
    ]);
    expect(bsp.events()).toHaveLength(1);
  });

  test.each([500, 403, 404, 302, 'break'] as const)(
    'is handed in again three times when the BSP answers %s, with growing pauses',
    async (behaviour) => {
      const simulator = await playground();
      const bsp = await callback();
      bsp.behave(behaviour);
      simulator.setSms({ url: bsp.url, auto: false });
      await sendCode(simulator);
      await simulator.deliverSms();
      for (const pause of ['PT10S', 'PT1M', 'PT5M']) {
        expect(await simulator.deliverSms({ onlyDue: true })).toEqual([]);
        simulator.advance(pause);
        expect(await simulator.deliverSms({ onlyDue: true })).toHaveLength(1);
      }
      const status = behaviour === 'break' ? undefined : behaviour;
      expect(simulator.smsDeliveries()).toMatchObject([
        {
          state: 'given-up',
          attempts: [0, 10_000, 70_000, 370_000].map((ms) => ({ at: NOON + ms, status })),
          nextAt: undefined,
        },
      ]);
      simulator.advance('P1D');
      expect(await simulator.deliverSms()).toEqual([]);
      expect(bsp.events()).toHaveLength(4);
    },
  );

  test('is handed in again by itself as soon as the clock is moved', async () => {
    const simulator = await playground();
    const bsp = await callback();
    bsp.behave(500);
    simulator.setSms({ url: bsp.url });
    await sendCode(simulator);
    await bsp.arrived(1);
    // Waits for the attempt to be over.
    await simulator.deliverSms({ onlyDue: true });
    simulator.advance('PT10S');
    expect(await bsp.arrived(2)).toHaveLength(2);
  });

  test('is the same one when it comes again, and signed anew', async () => {
    const simulator = await playground();
    const bsp = await callback();
    bsp.behave(500);
    simulator.setSms({ url: bsp.url, form: 'vonage', auto: false });
    await sendCode(simulator);
    await simulator.deliverSms();
    simulator.advance('PT10S');
    await simulator.deliverSms();
    const [first, second] = bsp.events().map(({ body }) => body);
    expect(at(second, 'messageId')).toBe(at(first, 'messageId'));
    expect(Number(at(second, 'timestamp')) - Number(at(first, 'timestamp'))).toBe(10);
    expect(at(second, 'nonce')).not.toBe(at(first, 'nonce'));
    expect(at(second, 'sig')).not.toBe(at(first, 'sig'));
  });

  test('that waits goes to the provider there is when it is tried', async () => {
    const simulator = await playground();
    const bsp = await callback();
    simulator.setSms({ url: 'http://127.0.0.1:9/sms', auto: false });
    await sendCode(simulator);
    simulator.setSms({ url: bsp.url, secret: 'another' });
    const [received] = await bsp.arrived(1);
    expect(received?.headers.authorization).toBe('Bearer another');
  });

  test('keeps others from nothing when it fails', async () => {
    const simulator = await playground();
    const bsp = await callback();
    simulator.setSms({ url: bsp.url, auto: false });
    bsp.behave('break');
    await sendCode(simulator);
    await simulator.deliverSms();
    bsp.behave(200);
    await sendCode(simulator);
    expect(await simulator.deliverSms({ onlyDue: true })).toMatchObject([{ id: '2', state: 'acknowledged' }]);
    expect(simulator.smsDeliveries()).toMatchObject([{ state: 'waiting' }, { state: 'acknowledged' }]);
  });

  test('has other ids than another one, and the same ones with the same seed', async () => {
    const idsOf = async (seed: number) => {
      const simulator = await playground({ seed });
      const bsp = await callback();
      simulator.setSms({ url: bsp.url, form: 'vonage', auto: false });
      await sendCode(simulator);
      await sendCode(simulator);
      await simulator.deliverSms();
      return bsp.events().map(({ body }) => at(body, 'messageId'));
    };
    const ids = await idsOf(1);
    expect(new Set([...ids, ...(await idsOf(2))]).size).toBe(4);
    expect(await idsOf(1)).toEqual(ids);
  });
});

describe('nothing is handed in any more', () => {
  test('once the provider is taken away: what waits is given up', async () => {
    const simulator = await playground();
    const bsp = await callback();
    simulator.setSms({ url: bsp.url, auto: false });
    await sendCode(simulator);
    expect(simulator.setSms(null)).toEqual({});
    expect(simulator.smsDeliveries()).toMatchObject([{ state: 'given-up', nextAt: undefined }]);
    await sendCode(simulator);
    simulator.setSms({ url: bsp.url });
    expect(await simulator.deliverSms()).toEqual([]);
    expect(bsp.events()).toEqual([]);
  });

  test('after a reset, which also forgets what was', async () => {
    const simulator = await playground({ sms: { url: 'http://127.0.0.1:9/sms', auto: false } });
    await sendCode(simulator);
    expect(simulator.smsDeliveries()).toHaveLength(1);
    simulator.reset();
    expect([simulator.sms(), simulator.smsDeliveries()]).toEqual([{}, []]);
    await sendCode(simulator);
    expect(simulator.smsDeliveries()).toEqual([]);
  });

  test.each(['reset', 'close'] as const)('after %s, which breaks off what is on its way', async (end) => {
    const under: WebhookCall[] = [];
    const simulator = createSimulator({
      now: () => NOON,
      sms: { url: 'http://bsp.example/sms', auto: false },
      send: (call) => {
        under.push(call);
        return new Promise((_done, fail) => {
          call.signal.addEventListener('abort', () => fail(new Error('broken off')));
        });
      },
    });
    simulator.signUp({ numberId: simulator.seedNumbers({ count: 1, status: 'EXPIRED' })[0]?.id });
    const delivered = simulator.deliverSms();
    await Promise.resolve();
    expect(under).toMatchObject([{ purpose: 'sms', method: 'POST', url: 'http://bsp.example/sms' }]);
    simulator[end]();
    expect(await delivered).toEqual([]);
    expect(await simulator.deliverSms()).toEqual([]);
    expect(under).toHaveLength(1);
  });
});

describe('the provider', () => {
  test('is an option of the start, with the forms of the control', async () => {
    const bsp = await callback();
    const simulator = await playground({ sms: { url: bsp.url, form: 'twilio' } });
    expect(simulator.sms()).toEqual({ url: bsp.url, form: 'twilio', from: '+16505550123', auto: true });
    await sendCode(simulator);
    expect(await bsp.arrived(1)).toHaveLength(1);
    await expect(playground({ sms: { url: 'nowhere' } })).rejects.toThrow(/http/);
  });

  test('goes on after a restart with what waits, unless another one is given', async () => {
    const before = await playground({ sms: { url: 'http://127.0.0.1:9/sms', auto: false } });
    await sendCode(before);
    const state: unknown = JSON.parse(JSON.stringify(before.save()));
    const same = await playground({ state });
    expect(same.sms()).toEqual(before.sms());
    expect(same.smsDeliveries()).toEqual(before.smsDeliveries());
    const bsp = await callback();
    await playground({ state, sms: { url: bsp.url } });
    expect(await bsp.arrived(1)).toHaveLength(1);
  });

  test('goes on by itself after a restart with what is due', async () => {
    const bsp = await callback();
    bsp.behave(500);
    const before = await playground({ sms: { url: bsp.url } });
    await sendCode(before);
    await bsp.arrived(1);
    // Waits for the attempt to be over.
    await before.deliverSms({ onlyDue: true });
    await before.close();
    await playground({ now: () => NOON + 10_000, state: before.save() });
    expect(await bsp.arrived(2)).toHaveLength(2);
  });

  test('is controlled over HTTP alike', async () => {
    const simulator = await playground();
    const bsp = await callback();
    expect((await control(simulator, 'GET /sms')).body).toEqual({});
    const set = await control(simulator, 'PUT /sms', {
      url: bsp.url,
      form: 'vonage',
      from: 'WhatsApp',
      auto: false,
      signatureSecret: 'secret',
      signatureMethod: 'md5',
      encoding: 'form',
    });
    const expected = { url: bsp.url, form: 'vonage', from: 'WhatsApp', auto: false };
    expect(set).toMatchObject({ status: 200, body: expected });
    expect((await control(simulator, 'GET /sms')).body).toEqual(expected);
    await sendCode(simulator);
    const waiting = { deliveries: [{ to: '+15550100001', state: 'waiting' }] };
    expect((await control(simulator, 'GET /sms/deliveries')).body).toMatchObject(waiting);
    const delivered = await control(simulator, 'POST /sms/deliver');
    expect(delivered.body).toMatchObject({ deliveries: [{ state: 'acknowledged' }] });
    expect(bsp.events()).toHaveLength(1);
    expect((await control(simulator, 'DELETE /sms')).body).toEqual({});
  });

  test.each([
    [{ url: 1 }, 'url must be a string'],
    [{ url: 'http://a', form: 'pigeon' }, 'form must be one of json, twilio, vonage'],
    [{ url: 'http://a', token: 'x' }, '"token" is none of url'],
    [{ url: 'http://a', authToken: 'x' }, 'authToken goes with the form twilio'],
    [{ url: 'http://a', auto: 1 }, 'auto must be true or false'],
    [{ url: 'http://a', form: 'vonage', signatureMethod: 'sha1' }, 'signatureMethod must be one of sha256'],
  ])('is refused over HTTP with %j', async (body, problem) => {
    const simulator = await playground();
    const answer = await control(simulator, 'PUT /sms', body);
    expect(answer.status).toBe(400);
    expect(at(answer.body, 'error')).toContain(problem);
    expect(simulator.sms()).toEqual({});
  });
});
