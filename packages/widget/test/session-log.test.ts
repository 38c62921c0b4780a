import { beforeEach, expect, test, vi } from 'vitest';
import { createReceiver } from '../src/session-log/create-receiver.ts';
import { parseSessionLog } from '../src/session-log/parse-session-log.ts';
import { meta } from './fake-page.ts';

const warn = vi.fn();

beforeEach(() => {
  warn.mockReset();
  vi.spyOn(console, 'warn').mockImplementation(warn);
});

const log = (event: string, data?: unknown, beside: object = {}) => ({
  type: 'WA_EMBEDDED_SIGNUP',
  event,
  ...(data !== undefined && { data }),
  ...beside,
});

const understood: [name: string, raw: unknown, entry: object][] = [
  [
    'FINISH as text, with ids',
    JSON.stringify(log('FINISH', { phone_number_id: '1', waba_id: '2', business_id: '3' })),
    {
      kind: 'finish',
      said: { event: 'FINISH', data: { phone_number_id: '1', waba_id: '2', business_id: '3' } },
    },
  ],
  [
    'FINISH as an object',
    log('FINISH', { waba_id: '2' }),
    { kind: 'finish', said: { event: 'FINISH', data: { waba_id: '2' } } },
  ],
  [
    'a finish without a number',
    log('FINISH_ONLY_WABA', { waba_id: '2', phone_number_id: null }),
    { kind: 'finish', said: { event: 'FINISH_ONLY_WABA', data: { waba_id: '2' } } },
  ],
  [
    'a finish of the Business app',
    log('FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', { waba_id: '2' }, { version: 3 }),
    { kind: 'finish', said: { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', data: { waba_id: '2' } } },
  ],
  [
    'a finish that is not known yet',
    log('FINISH_SOMEHOW'),
    { kind: 'finish', said: { event: 'FINISH_SOMEHOW', data: {} } },
  ],
  [
    'ids that are no digit strings are dropped',
    log('FINISH', {
      phone_number_id: Number('9876543210987653'),
      waba_id: '2x',
      business_id: '1'.repeat(21),
      page_ids: ['7', 8, 'x'],
    }),
    { kind: 'finish', said: { event: 'FINISH', data: { page_ids: ['7'] } } },
  ],
  [
    'a cancel with its step',
    log('CANCEL', { current_step: 'PERMISSIONS' }),
    { kind: 'cancel', said: { event: 'CANCEL', data: { current_step: 'PERMISSIONS' } } },
  ],
  ['a cancel with nothing', log('CANCEL'), { kind: 'cancel', said: { event: 'CANCEL', data: {} } }],
  [
    'a reported error, as Meta sends it today',
    log('CANCEL', { error_message: 'no', error_code: '524126', session_id: 's', timestamp: 1 }),
    {
      kind: 'error',
      said: {
        event: 'CANCEL',
        data: { error_message: 'no', error_code: '524126', session_id: 's', timestamp: '1' },
      },
    },
  ],
  [
    'a reported error in the older form',
    log('CANCEL', { error_message: 'no', error_id: 524126 }),
    { kind: 'error', said: { event: 'CANCEL', data: { error_message: 'no', error_id: '524126' } } },
  ],
  [
    'an error beside the data',
    log('ERROR', undefined, { error_message: 'no', error_code: 1 }),
    { kind: 'error', said: { event: 'ERROR', data: { error_message: 'no', error_code: '1' } } },
  ],
  ['an error with nothing', log('ERROR', null), { kind: 'error', said: { event: 'ERROR', data: {} } }],
  [
    'an event that is not known yet',
    log('STEP_CHANGED', { current_step: 'X', other: 'thing' }),
    { kind: 'other', said: { event: 'STEP_CHANGED', data: { current_step: 'X' } } },
  ],
  [
    'a word that only begins like a finish',
    log('FINISHED'),
    { kind: 'other', said: { event: 'FINISHED', data: {} } },
  ],
];

test.each(understood)('understood: %s', (_, raw, entry) => {
  expect(parseSessionLog(raw)).toEqual(entry);
});

const ignored: [name: string, raw: unknown][] = [
  ['the SDK’s own traffic', 'cb=f1&domain=example.com&code=secret&origin=WA_EMBEDDED_SIGNUP'],
  ['text that is not JSON', '{WA_EMBEDDED_SIGNUP'],
  ['a message of another kind', { type: 'OTHER', event: 'FINISH' }],
  ['an event that is no word', log('FINISH it!')],
  ['an event that is too long', log('F'.repeat(81))],
  ['no event', { type: 'WA_EMBEDDED_SIGNUP' }],
  ['a list', [log('FINISH')]],
  ['nothing', null],
  ['a long text', JSON.stringify(log('FINISH', { waba_id: '2', padding: 'x'.repeat(8192) }))],
  ['an inherited message', Object.create(log('FINISH'))],
];

test.each(ignored)('ignored: %s', (_, raw) => {
  expect(parseSessionLog(raw)).toBeUndefined();
});

const hostile = [
  'https://evilfacebook.com',
  'https://www.facebook.com.evil.example',
  'http://www.facebook.com',
  'https://www.facebook.com:8443',
  'https://facebook.com',
  'https://business.facebook.com',
  'https://www.facebook.com/',
  'https://WWW.facebook.com',
  'https://xn--wwwfacebook-1x4d.com',
  'null',
  '',
];

test.each(hostile)('a perfect finish from %s is refused', (origin) => {
  const receive = createReceiver([meta, 'https://web.facebook.com']);
  expect(receive({ origin, source: null, data: log('FINISH', { waba_id: '2' }) })).toBeUndefined();
});

test('a Facebook page outside of the set is reported once, by its origin alone', () => {
  const receive = createReceiver([meta]);
  for (const origin of [
    'https://business.facebook.com',
    'https://business.facebook.com',
    'https://evil.example',
  ]) {
    receive({ origin, source: null, data: 'code=secret' });
  }
  expect(warn.mock.calls).toEqual([
    ['embedded-signup: not in dialogOrigins:', 'https://business.facebook.com'],
  ]);
});

test('the first window that says something sensible is the popup, and another one is refused', () => {
  const receive = createReceiver([meta]);
  // Stand for two windows: only their identity counts.
  const [frame, popup, other] = [{}, {}, {}] as MessageEventSource[];
  const data = log('CANCEL');
  expect(receive({ origin: meta, source: frame ?? null, data: 'cb=f1' })).toBeUndefined();
  expect(receive({ origin: meta, source: popup ?? null, data })).toBeDefined();
  expect(receive({ origin: meta, source: other ?? null, data })).toBeUndefined();
  expect(receive({ origin: meta, source: popup ?? null, data })).toBeDefined();
});
