import { expect, test } from 'vitest';
import { reduce } from '../src/launch/reduce.ts';
import { initialState } from '../src/launch/signup-state.ts';
import type { SignupEvent, SignupState } from '../src/launch/signup-state.ts';
import { claimView } from './fake-page.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const session = {
  version: 1,
  session: 'token',
  expiresAt: '2026-11-20T11:00:00Z',
  launch: {
    appId: '1',
    configId: '2',
    graphVersion: 'v26.0',
    sdkUrl: 'https://sdk.example',
    dialogOrigins: [],
    extras: {},
  },
  numbers: [],
  claims: [],
};
const sdk = { init: () => {}, login: () => {} };

/** What becomes of a state by these events, with the names of all effects on the way. */
function play(events: SignupEvent[], start: SignupState = initialState) {
  const effects: string[] = [];
  let state = start;
  for (const event of events) {
    const [next, ...asked] = reduce(state, event, now);
    state = next;
    effects.push(...asked.map((effect) => effect.do));
  }
  return { state, effects };
}

const toPopup: SignupEvent[] = [
  { type: 'begin' },
  { type: 'session', session },
  { type: 'sdk', sdk },
  { type: 'press' },
  { type: 'popup' },
];

test('session and SDK make it ready, and a press logs in', () => {
  const { state, effects } = play(toPopup);
  expect(state).toMatchObject({ status: 'in-popup', launched: 'token' });
  expect(effects).toEqual(['open', 'load', 'login']);
});

test('code and finish are each sent once, in either order, and make one claim', () => {
  const code: SignupEvent = { type: 'code', code: 'c' };
  const finish: SignupEvent = {
    type: 'entry',
    entry: { kind: 'finish', said: { event: 'FINISH', data: { waba_id: '1' } } },
  };
  const sent: SignupEvent = { type: 'sent', claim: claimView() };
  for (const order of [
    [code, finish],
    [finish, code],
  ]) {
    const { state, effects } = play([...toPopup, ...order, ...order, sent, sent]);
    expect(state).toMatchObject({ status: 'claiming', sending: 0, session: undefined });
    expect(effects.slice(3)).toEqual(['send', 'send', 'follow']);
  }
});

test('what becomes of a half after the customer began anew changes nothing', () => {
  const { state: ready } = play(toPopup.slice(0, 3));
  const problem = { code: 'claim_incomplete' };
  expect(reduce(ready, { type: 'sent', claim: claimView() }, now)).toEqual([ready]);
  expect(reduce(ready, { type: 'lost', problem, final: true, refused: true }, now)).toEqual([ready]);
});

test('no press in any state opens a popup without a session that is good', () => {
  const statuses = ['loading', 'ready', 'in-popup', 'cancelled', 'failed', 'unavailable'] as const;
  for (const status of statuses) {
    for (const looksClosed of [true, false]) {
      const state: SignupState = { ...initialState, status, session, sdk, goodUntil: now, looksClosed };
      const [next, effect] = reduce(state, { type: 'press' }, now);
      expect(effect?.do).not.toBe('login');
      expect(next.status).not.toBe('launching');
    }
  }
});
