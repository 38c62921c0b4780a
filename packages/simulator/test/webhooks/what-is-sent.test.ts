import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { control, deliveredTo, subscribed } from '../support/callback.ts';
import { at } from '../support/graph-client.ts';
import { NOON, playground } from '../support/playground.ts';

/** An event that goes to the app whatever there is, told apart by its name. */
function named(name: string) {
  return { kind: 'raw', field: 'test', entryId: '1', value: { name } } as const;
}

const nameIn = (body: unknown) => at(body, 'entry', 0, 'changes', 0, 'value', 'name');

describe('what is sent', () => {
  test('is signed over the very bytes, with everything outside ASCII escaped in lower case', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    simulator.emit(named('Café Ü 😀 https://a/b \u007f'));
    await simulator.deliver();
    const [event] = app.events();
    const text = event?.bytes.toString('latin1') ?? '';
    expect(text).toContain('Caf\\u00e9 \\u00dc \\ud83d\\ude00 https://a/b \\u007f');
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(nameIn(event?.body)).toBe('Café Ü 😀 https://a/b \u007f');
    const expected = createHmac('sha256', simulator.appSecret)
      .update(event?.bytes ?? '')
      .digest('hex');
    expect(event?.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
    expect(event?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(text.length),
      'user-agent': 'facebookexternalua',
    });
  });

  test('has the account as its entry and the time in seconds', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    simulator.emit(named('x'));
    expect(await deliveredTo(simulator, app)).toEqual([
      {
        object: 'whatsapp_business_account',
        entry: [{ id: '1', time: NOON / 1000, changes: [{ value: { name: 'x' }, field: 'test' }] }],
      },
    ]);
  });

  test('is listed with its signature and every attempt', async () => {
    const simulator = await playground();
    const app = await subscribed(simulator);
    app.behave(500);
    simulator.emit(named('x'));
    await simulator.deliver();
    simulator.advance('PT1M');
    app.behave(200);
    await simulator.deliver();
    const { body } = await control(simulator, 'GET /deliveries');
    expect(at(body, 'deliveries')).toEqual([
      {
        id: '1',
        url: app.url,
        rawBody: app.events()[0]?.bytes.toString(),
        body: app.events()[0]?.body,
        signature: app.events()[0]?.headers['x-hub-signature-256'],
        changes: 1,
        duplicate: false,
        state: 'acknowledged',
        attempts: [
          { at: NOON, status: 500 },
          { at: NOON + 60_000, status: 200 },
        ],
      },
    ]);
    expect(app.events()[1]?.bytes).toEqual(app.events()[0]?.bytes);
  });
});
