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

/** As text, as most of them come, or as an object. */
function formOf(raw: unknown, asText: boolean): unknown {
  try {
    return asText ? JSON.stringify(raw) : raw;
  } catch {
    return raw;
  }
}

const tooLong = 50;

/** How long one message takes. What interrupts the machine does not do so five times in a row at the same message. */
function fastestOf(runs: number, take: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const begun = performance.now();
    take();
    return performance.now() - begun;
  });
  return Math.min(...times);
}

test('of 100,000 messages and origins none is believed outside the set, none throws, none takes long', () => {
  let believed = 0;
  fc.assert(
    fc.property(
      fc.oneof(origin, fc.constantFrom(...allowed)),
      message,
      fc.boolean(),
      (tried, raw, asText) => {
        const data = formOf(raw, asText);
        const take = () => createReceiver(allowed)({ origin: tried, source: null, data });
        const begun = performance.now();
        const entry = take();
        if (performance.now() - begun > tooLong) expect(fastestOf(5, take)).toBeLessThan(tooLong);
        if (entry) {
          believed += 1;
          expect(allowed).toContain(tried);
        }
        // An id that is let through is a digit string.
        if (entry?.kind !== 'finish') return;
        for (const id of Object.values(entry.said.data).flat()) expect(id).toMatch(/^[0-9]{1,20}$/);
      },
    ),
    { seed, numRuns: 100_000 },
  );
  // Otherwise this test would be about nothing.
  expect(believed).toBeGreaterThan(1_000);
}, 60_000);

test('a perfect finish from 20,000 made-up origins is believed from exactly those in the set', () => {
  fc.assert(
    fc.property(origin, (tried) => {
      const receive = createReceiver(allowed);
      const entry = receive({ origin: tried, source: null, data: finish });
      expect(entry !== undefined).toBe(allowed.includes(tried));
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
    expect(fastestOf(5, () => void parseSessionLog(raw))).toBeLessThan(tooLong);
  }
});
