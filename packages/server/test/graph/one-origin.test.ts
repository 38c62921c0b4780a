import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraphClient } from '../../src/graph/index.ts';
import { everyCall } from './support/every-call.ts';
import { RecordingDispatcher } from './support/recording-dispatcher.ts';

const origin = 'https://graph.facebook.com';
const runs = 10_000;

const client = (
  dispatcher: RecordingDispatcher,
  options: { graphVersion?: string; graphUrl?: string } = {},
) =>
  createGraphClient({
    appId: '1',
    appSecret: 'secret',
    token: 'token',
    dispatcher,
    timer: { after: () => ({ cancel: () => undefined }) },
    wait: () => Promise.resolve(),
    ...options,
  });

const tricks = [
  '..%2f',
  '../',
  '1/../2',
  '1@evil.example',
  '//evil.example',
  '\\\\evil.example',
  'https://evil.example/1',
  '1?x=',
  '1#',
  '1%00',
  '1\r\nHost: evil.example',
  '1 ',
  '١٢٣',
  '１２',
  '-1',
  '1e9',
  '0x10',
  '',
  '123456789012345678901',
];
const digits = fc.stringMatching(/^[0-9]{1,20}$/);
const hostile = fc.oneof(
  fc.constantFrom(...tricks),
  fc.string({ unit: 'binary' }),
  fc.tuple(digits, fc.constantFrom(...tricks)).map(([id, trick]) => id + trick),
  fc.webUrl(),
);

describe('whatever comes in,', () => {
  it(`every call of ${runs} goes to the one origin, or none goes out`, async () => {
    const dispatcher = new RecordingDispatcher();
    const calls = Object.entries(everyCall(client(dispatcher)));
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: calls.length - 1 }),
        fc.oneof({ weight: 3, arbitrary: hostile }, { weight: 1, arbitrary: digits }),
        fc.option(hostile, { nil: undefined }),
        async (index, id, text) => {
          const [name, call] = calls[index] ?? ['', () => Promise.resolve()];
          dispatcher.calls.length = 0;
          await call(id, text).catch((error: unknown) => {
            expect(error).toBeInstanceOf(Error);
          });
          if (dispatcher.calls.length === 0) refused += 1;
          for (const { origin: sentTo, path } of dispatcher.calls) {
            expect(sentTo).toBe(origin);
            // Resolved as a browser or a proxy would: still the same host, and the same path.
            const resolved = new URL(origin + path);
            expect(resolved.origin).toBe(origin);
            const [pathname] = path.split('?');
            expect(resolved.pathname).toBe(pathname);
            expect(pathname).toMatch(
              /^\/v26\.0(\/oauth\/access_token|\/debug_token|\/[0-9]{1,20}(\/[a-z_]+)?)$/,
            );
            expect(path).toMatch(/^[\x21-\x7e]+$/);
            if (!name.startsWith('oauth')) expect(pathname?.split('/')[2]).toBe(id);
          }
        },
      ),
      { numRuns: runs },
    );
    expect(refused).toBeGreaterThan(runs / 3);
    expect(refused).toBeLessThan(runs);
  }, 60_000);

  it('no version and no address but a plain one is taken', () => {
    const dispatcher = new RecordingDispatcher();
    fc.assert(
      fc.property(hostile, (text) => {
        for (const graphVersion of [text, `v26.0${text}`]) {
          if (/^v\d{1,3}\.\d{1,2}$/.test(graphVersion)) continue;
          expect(() => client(dispatcher, { graphVersion })).toThrow(TypeError);
        }
      }),
      { numRuns: runs / 10 },
    );
    for (const graphUrl of [
      'http://graph.facebook.com',
      'https://user:pass@graph.facebook.com',
      'https://graph.facebook.com?x=1',
      'https://graph.facebook.com/#x',
      'https://graph.facebook.com/a%2fb',
      'file:///etc/passwd',
      'graph.facebook.com',
    ]) {
      expect(() => client(dispatcher, { graphUrl })).toThrow(TypeError);
    }
  });

  it('a list’s next page is asked for by its cursor: its address is never followed', async () => {
    const cursors = ['a', '//evil.example', '../../x', 'b&access_token=c', undefined];
    const dispatcher = new RecordingDispatcher(({ query }) => {
      const after = cursors[query['after'] === undefined ? 0 : cursors.indexOf(query['after']) + 1];
      return {
        body: {
          data: [{ id: '1', display_phone_number: '+1' }],
          paging: {
            cursors: { after },
            ...(after === undefined ? {} : { next: 'https://evil.example/?after=x' }),
          },
        },
      };
    });
    const numbers = await client(dispatcher).whatsAppBusinessAccount.phoneNumbers({ wabaId: '7' }).all();
    expect(numbers.length).toBe(5);
    expect(dispatcher.calls.map(({ query }) => query['after'])).toEqual([undefined, ...cursors.slice(0, -1)]);
    for (const call of dispatcher.calls)
      expect(call).toMatchObject({ origin, pathname: '/v26.0/7/phone_numbers' });
  });

  it('a redirect is not followed', async () => {
    const dispatcher = new RecordingDispatcher(() => ({
      status: 307,
      headers: { location: 'https://evil.example/' },
      // Even with an answer that would be a good one.
      body: { id: '1' },
    }));
    const call = client(dispatcher).business.addPhoneNumbers({ businessId: '1', phoneNumber: '1' });
    await expect(call).rejects.toMatchObject({ kind: 'unreadable', facts: { status: 307 } });
    expect(dispatcher.calls.length).toBe(1);
  });
});
