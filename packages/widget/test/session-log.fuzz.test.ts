import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { createReceiver } from '../src/session-log/create-receiver.ts';
import { parseSessionLog } from '../src/session-log/parse-session-log.ts';

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

const allowed = ['https://www.facebook.com', 'https://web.facebook.com'];
const finish = { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: { waba_id: '1' } };
const seed = 20261120;

const origin = fc.oneof(
  fc.string(),
  fc.webUrl(),
  fc
    .tuple(
      fc.constantFrom('https://', 'http://', 'HTTPS://', 'https://www.', 'https://x@', ''),
      fc.constantFrom('www', 'web', 'evil', 'm', ''),
      fc.constantFrom('.', '', '-', '%2e'),
      fc.constantFrom('facebook.com', 'facebook.com.evil.example', 'faceb\u043eok.com', 'facebook.com.'),
      fc.constantFrom('', '/', ':443', ':8443', '#', '\u0000', ' '),
    )
    .map((parts) => parts.join('')),
);

test('of 30,000 made-up origins, exactly those in the set are believed', () => {
  fc.assert(
    fc.property(origin, (tried) => {
      const receive = createReceiver(allowed);
      const entry = receive({ origin: tried, source: null, data: finish });
      expect(entry !== undefined).toBe(allowed.includes(tried));
    }),
    { seed, numRuns: 30_000 },
  );
});

const known = fc.constantFrom(
  'type',
  'event',
  'data',
  'error_code',
  'waba_id',
  'page_ids',
  '__proto__',
  'constructor',
);
const message = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withMap: true }),
  fc.dictionary(fc.oneof(known, fc.string()), fc.anything()),
  fc.record({
    type: fc.constant('WA_EMBEDDED_SIGNUP'),
    event: fc.oneof(fc.constantFrom('FINISH', 'CANCEL', 'ERROR', 'FINISH_X'), fc.anything()),
    data: fc.dictionary(fc.oneof(known, fc.string()), fc.anything()),
  }),
);

test('whatever the data is, nothing is thrown, and an id that is let through is a digit string', () => {
  fc.assert(
    fc.property(message, fc.boolean(), (raw, asText) => {
      let data: unknown = raw;
      if (asText) {
        try {
          data = JSON.stringify(raw);
        } catch {
          return;
        }
      }
      const entry = parseSessionLog(data);
      if (entry?.kind !== 'finish') return;
      for (const id of Object.values(entry.said.data).flat()) expect(id).toMatch(/^[0-9]{1,20}$/);
    }),
    { seed, numRuns: 20_000 },
  );
});

test('getters do not run, and a proxy that throws is ignored', () => {
  let ran = false;
  const trap = Object.defineProperty({ ...finish }, 'data', {
    enumerable: true,
    get: () => {
      ran = true;
      return { waba_id: '666' };
    },
  });
  expect(parseSessionLog(trap)).toEqual({ kind: 'finish', said: { event: 'FINISH', data: {} } });
  expect(ran).toBe(false);
  const angry = new Proxy(finish, {
    getOwnPropertyDescriptor: () => {
      throw new Error('no');
    },
  });
  expect(parseSessionLog(angry)).toBeUndefined();
});

test('a `__proto__` in the text changes no prototype', () => {
  const text =
    '{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"__proto__":{"waba_id":"666"},"waba_id":"1"}}';
  expect(parseSessionLog(text)).toEqual({
    kind: 'finish',
    said: { event: 'FINISH', data: { waba_id: '1' } },
  });
  expect(Object.prototype).not.toHaveProperty('waba_id');
});

test('10 MB and 100,000 levels deep are dealt with in less than 50 ms', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = { data: deep };
  for (const raw of [
    `{"type":"WA_EMBEDDED_SIGNUP"${' '.repeat(10_000_000)}}`,
    { ...finish, data: deep },
    deep,
  ]) {
    const begun = performance.now();
    parseSessionLog(raw);
    expect(performance.now() - begun).toBeLessThan(50);
  }
});
