import { expect, test } from 'vitest';
import { at } from '../support/graph-client.ts';
import { NOON, playground, seedOne } from '../support/playground.ts';
import { openPopup, withNumber, type Screen } from '../support/popup-client.ts';

/** The messages that the script of this screen posts, read. */
function messagesOf(screen: Screen): unknown[] {
  const messages = at(screen.handOver(), 'messages');
  return Array.isArray(messages) ? messages.map((message): unknown => JSON.parse(String(message))) : [];
}

test.each([
  ['log-in', []],
  ['business', ['Continue']],
  ['number', ['Continue', 'Continue']],
  ['verification', ['Continue', 'Continue', 'Continue']],
])(
  'a problem can be reported on %s, is posted at once, and the customer goes on there',
  async (name, presses) => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    let screen = await openPopup(simulator, withNumber(id));
    for (const button of presses) screen = await screen.press(button);
    const report = await screen.press('Report a problem');
    expect(report).toMatchObject({ name: 'report', buttons: ['Send report', 'Back'] });
    const sent = await report.choose('My code is not accepted', 'Send report', {
      errorText: ' It says no. ',
    });
    expect(sent.name).toBe(name);
    expect(messagesOf(sent)).toEqual([
      {
        type: 'WA_EMBEDDED_SIGNUP',
        event: 'CANCEL',
        data: {
          error_message: 'It says no.',
          error_code: '2388093',
          session_id: expect.stringMatching(/\w{8,}/),
          timestamp: String(NOON / 1000),
        },
      },
    ]);
    expect(at(sent.handOver(), 'login')).toBeNull();
    expect(at(sent.handOver(), 'origin')).toBe('https://bsp.example');
  },
);

test('a report is posted once, and FINISH may follow', async () => {
  const simulator = await playground();
  const { id } = seedOne(simulator);
  let screen = await openPopup(simulator, withNumber(id));
  for (const button of ['Continue', 'Continue', 'Continue', 'Report a problem', 'Send report']) {
    screen = await screen.press(button);
  }
  expect(screen).toMatchObject({ name: 'review' });
  expect(messagesOf(screen)).toMatchObject([{ event: 'CANCEL', data: { error_code: '2388091' } }]);
  const address = /action="(\/dialog\/\w+)\//.exec(screen.html)?.[1] ?? '';
  expect(await (await fetch(simulator.url + address)).text()).not.toContain('id="hand-over"');
  const finished = await screen.press('Finish');
  expect(messagesOf(finished)).toMatchObject([{ event: 'FINISH' }]);
});

test('reports of one window have the same session id', async () => {
  const simulator = await playground();
  let screen = await openPopup(simulator);
  const ids: unknown[] = [];
  for (let i = 0; i < 2; i += 1) {
    screen = await (await screen.press('Report a problem')).press('Send report');
    ids.push(at(messagesOf(screen)[0], 'data', 'session_id'));
  }
  expect(ids[0]).toEqual(expect.any(String));
  expect(ids[1]).toBe(ids[0]);
});

test('Back tells nobody, and what was typed before is still there', async () => {
  const simulator = await playground();
  const business = await (await openPopup(simulator)).press('Continue');
  const report = await business.choose('Create a new business portfolio', 'Report a problem', {
    businessName: 'Half a na',
  });
  const back = await report.press('Back');
  expect(back.name).toBe('business');
  expect(back.html).toContain('Half a na');
  expect(back.handOver()).toBeNull();
});

test('a code that is not on the list is refused', async () => {
  const simulator = await playground();
  const report = await (await openPopup(simulator)).press('Report a problem');
  const again = await report.press('Send report', { errorCode: '1' });
  expect(again).toMatchObject({ name: 'report', problem: 'Choose what went wrong.' });
});
