import { expect, test } from 'vitest';
import { describeRequest } from '../src/cli/describe-request.ts';
import { settingsAsEnv } from '../src/cli/describe-settings.ts';
import { readArguments } from '../src/cli/read-arguments.ts';
import { NOON, playground } from './support/playground.ts';

test('without arguments it listens on 4010 with three numbers', () => {
  expect(readArguments([])).toEqual({
    kind: 'start',
    options: { port: 4010, host: '127.0.0.1', numbers: 3, profile: 'live', times: 'iso' },
  });
});

test('arguments say otherwise', () => {
  const args = '--port 0 --host ::1 --numbers 12 --profile openapi --times unix'.split(' ');
  expect(readArguments(args)).toEqual({
    kind: 'start',
    options: { port: 0, host: '::1', numbers: 12, profile: 'openapi', times: 'unix' },
  });
  expect(readArguments(['--help', '--port', '1'])).toEqual({ kind: 'help' });
});

test.each([['--port', 'x'], ['--port', '70000'], ['--profile', 'prod'], ['--times', 'utc'], ['--nonsense']])(
  '%s %s is refused with a sentence that names it',
  (...args) => {
    expect(readArguments(args)).toEqual({ kind: 'refuse', problem: expect.stringContaining(args[0] ?? '') });
  },
);

test('a host is configured by env lines', async () => {
  const simulator = await playground();
  const lines = settingsAsEnv(simulator, 'v26.0').split('\n');
  expect(lines).toContain(`META_APP_ID=${simulator.appId}`);
  expect(lines).toContain(`META_GRAPH_URL=${simulator.url}`);
  expect(lines).toContain(`META_SDK_URL=${simulator.url}/en_US/sdk.js`);
  expect(lines).toContain(`META_DIALOG_ORIGINS=${simulator.url}`);
});

test('a call is one line', () => {
  const call = {
    at: NOON,
    method: 'POST',
    path: '/1/register',
    version: 'v26.0',
    query: {},
    body: {},
    traceId: 'A',
  };
  expect(describeRequest({ ...call, token: 'business', status: 200 })).toBe(
    '12:00:00 POST /1/register 200 (business token)',
  );
  expect(describeRequest({ ...call, token: 'none', status: 401, errorCode: 190 })).toBe(
    '12:00:00 POST /1/register 401 error 190 (no token)',
  );
  expect(describeRequest({ ...call, token: 'business', status: undefined, fault: 'lost' })).toBe(
    '12:00:00 POST /1/register no answer fault lost (business token)',
  );
});
