import { describe, expect, test } from 'vitest';
import { describeCode, describeRequest, describeWebhook } from '../src/cli/describe-request.ts';
import { settingsAsEnv } from '../src/cli/describe-settings.ts';
import { choosePaint } from '../src/cli/paint.ts';
import { readArguments } from '../src/cli/read-arguments.ts';
import { NOON, playground } from './support/playground.ts';

const DEFAULTS = {
  port: 4010,
  host: '127.0.0.1',
  numbers: 3,
  clock: 'real',
  profile: 'live',
  times: 'iso',
};

test('without arguments it listens on 4010 with three numbers', () => {
  expect(readArguments([])).toEqual({ kind: 'start', options: DEFAULTS, webhook: undefined, quiet: false });
});

test('arguments say otherwise', () => {
  const args =
    '--port 0 --host ::1 --numbers=12 --profile openapi --times unix --clock manual --seed 7 --state a.json --quiet';
  expect(readArguments([...args.split(' '), '--webhook', 'http://localhost/hook'])).toEqual({
    kind: 'start',
    options: {
      port: 0,
      host: '::1',
      numbers: 12,
      profile: 'openapi',
      times: 'unix',
      clock: 'manual',
      seed: 7,
      stateFile: 'a.json',
    },
    webhook: 'http://localhost/hook',
    quiet: true,
  });
  expect(readArguments(['--help', '--port', '1'])).toEqual({ kind: 'help' });
  expect(readArguments(['-h'])).toEqual({ kind: 'help' });
  expect(readArguments(['--version'])).toEqual({ kind: 'version' });
});

test.each([
  [[], { form: 'json', secret: undefined }],
  [['--sms-secret', 'abc'], { form: 'json', secret: 'abc' }],
  [['--sms-form', 'twilio', '--sms-secret', 'abc'], { form: 'twilio', authToken: 'abc' }],
  [['--sms-form', 'vonage', '--sms-secret', 'abc'], { form: 'vonage', signatureSecret: 'abc' }],
])('the provider of texts is told with %j', (args, provider) => {
  expect(readArguments(['--sms', 'http://localhost/sms', ...args])).toMatchObject({
    options: { sms: { url: 'http://localhost/sms', ...provider } },
  });
});

test('assumptions are read as words, numbers, and yes or no', () => {
  const given = ['lapsedStatus=UNVERIFIED', 'wrongCodeLimit=3', 'poolLimit=Infinity', 'daysToRegister=14'];
  expect(readArguments(given.flatMap((text) => ['--assume', text]))).toMatchObject({
    options: {
      assume: { lapsedStatus: 'UNVERIFIED', wrongCodeLimit: 3, poolLimit: Infinity, daysToRegister: 14 },
    },
  });
});

test.each([
  [['--port', 'x'], '--port must be a whole number from 0 to 65535, not "x".'],
  [['--port', '70000'], '--port must be a whole number from 0 to 65535, not "70000".'],
  [['--numbers', '-1'], '--numbers must be a whole number from 0 to 100000, not "-1".'],
  [['--numbers', '--quiet'], '--numbers must be a whole number from 0 to 100000, not "--quiet".'],
  [['--seed', '1.5'], '--seed must be a whole number from 0 to 4294967295, not "1.5".'],
  [['--numbers'], '--numbers needs a value.'],
  [['--state='], '--state needs a value.'],
  [['--profile', 'prod'], '--profile must be live or openapi, not "prod".'],
  [['--times', 'utc'], '--times must be iso or unix, not "utc".'],
  [['--clock', 'fast'], '--clock must be real or manual, not "fast".'],
  [['--quiet=yes'], '--quiet takes no value.'],
  [['--nonsense'], 'There is no option --nonsense.'],
  [['start'], '"start" is not an option.'],
  [
    ['--webhook', 'http://user:secret@localhost/hook'],
    '--webhook must not name a user or a password: requests cannot carry them.',
  ],
  [
    ['--webhook', 'localhost:1'],
    '--webhook must be an address that begins with http:// or https://, not "localhost:1".',
  ],
  [['--sms', 'x'], '--sms must be an address that begins with http:// or https://, not "x".'],
  [
    ['--sms', 'http://user:secret@localhost/sms'],
    '--sms must not name a user or a password: requests cannot carry them.',
  ],
  [
    ['--sms', 'http://localhost', '--sms-form', 'fax'],
    '--sms-form must be json or twilio or vonage, not "fax".',
  ],
  [
    ['--sms', 'http://localhost', '--sms-secret', 'a b'],
    '--sms-secret must be printable ASCII without blanks.',
  ],
  [['--sms-form', 'json'], '--sms-form needs --sms URL.'],
  [['--sms-secret', 'abc'], '--sms-secret needs --sms URL.'],
  [['--assume', 'lapsedStatus'], '--assume must be NAME=VALUE, not "lapsedStatus".'],
  [['--assume', 'wrongCodeLimit=-1'], '--assume: wrongCodeLimit must be a number from 0 on.'],
  [['--assume', 'wrongCodeLimit=many'], '--assume: wrongCodeLimit must be a number from 0 on.'],
])('%j is refused with a sentence that names it', (args, problem) => {
  expect(readArguments(args)).toEqual({ kind: 'refuse', problem });
});

test('a switch that does not exist is refused with the names of those that do', () => {
  expect(readArguments(['--assume', 'gravity=off'])).toEqual({
    kind: 'refuse',
    problem: expect.stringMatching(/"gravity".*poolLimit/),
  });
});

test('a host is configured by env lines', async () => {
  const simulator = await playground();
  const lines = settingsAsEnv(simulator, 'v26.0').split('\n');
  expect(lines).toContain(`META_APP_ID=${simulator.appId}`);
  expect(lines).toContain(`META_GRAPH_URL=${simulator.url}`);
  expect(lines).toContain(`META_SDK_URL=${simulator.url}/en_US/sdk.js`);
  expect(lines).toContain(`META_DIALOG_ORIGINS=${simulator.url}`);
});

describe('the log', () => {
  const plain = choosePaint(false, undefined);
  const call = {
    at: NOON,
    method: 'POST',
    path: '/1/register',
    version: 'v26.0',
    query: {},
    body: {},
    traceId: 'A',
  };

  test('has one line for a call, in columns', () => {
    const lines = [
      describeRequest({ ...call, token: 'business', status: 200 }, 3.4, plain),
      describeRequest({ ...call, method: 'GET', token: 'none', status: 401, errorCode: 190 }, 12, plain),
      describeRequest({ ...call, token: 'business', status: undefined, fault: 'lost' }, 1500, plain),
    ];
    expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
      '2026-11-20 12:00:00 POST /1/register 200 business token 3 ms',
      '2026-11-20 12:00:00 GET /1/register 401 error 190, no token 12 ms',
      '2026-11-20 12:00:00 POST /1/register - fault lost, business token 1500 ms',
    ]);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  test('has lines for webhooks, without what a callback keeps in its query', () => {
    const url = 'https://app.example/hook?key=secret';
    const { signal } = new AbortController();
    const sent = { purpose: 'event' as const, method: 'POST' as const, url, headers: {}, body: '{}', signal };
    const line = describeWebhook({ at: NOON, call: sent, status: 500, ms: 7 }, plain);
    expect(line.replaceAll(/ +/g, ' ')).toBe(
      '2026-11-20 12:00:00 POST https://app.example/hook 500 webhook 7 ms',
    );
    const text = describeWebhook(
      { at: NOON, call: { ...sent, purpose: 'sms' }, status: undefined, ms: 7 },
      plain,
    );
    expect(text.replaceAll(/ +/g, ' ')).toBe('2026-11-20 12:00:00 POST https://app.example/hook - text 7 ms');
  });

  test('says where a code is to be read, not the code', () => {
    const sent = { to: '+15550000001', method: 'SMS' as const, sentAt: NOON };
    expect(describeCode(sent, 'http://sim', plain)).toBe(
      '2026-11-20 12:00:00 code sent to +15550000001, read it at http://sim/__simulator/inbox',
    );
  });

  test('is coloured on a terminal, unless NO_COLOR is set', () => {
    expect(choosePaint(true, undefined)('red', 'x')).not.toBe('x');
    expect(choosePaint(true, '')('red', 'x')).not.toBe('x');
    expect(choosePaint(true, '1')('red', 'x')).toBe('x');
    expect(choosePaint(false, undefined)('red', 'x')).toBe('x');
  });
});
