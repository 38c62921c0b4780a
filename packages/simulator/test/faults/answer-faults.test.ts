import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Fault, Simulator } from '../../src/index.ts';
import { playground, seedOne } from '../support/playground.ts';
import { wire } from './support/wire-client.ts';

/** Deletes a number under a fault: what the client saw, whether the number is gone, and what the ledger says. */
async function deletedUnder(fault: Fault, options: Parameters<typeof playground>[0] = {}) {
  const simulator = await playground(options);
  const { id } = seedOne(simulator);
  simulator.setFaults([{ match: {}, fault }]);
  const seen = await wire(simulator, `DELETE /${id}`, { token: simulator.systemUserToken });
  const gone = simulator.state().preverifiedNumbers.length === 0;
  const record = simulator.requests()[0];
  expect(record).toMatchObject({ fault: fault.kind, done: gone, status: seen.status });
  return { seen, text: seen.body.toString(), gone, record };
}

const JSON_TYPE = 'application/json; charset=utf-8';

test('an error has every member that Meta documents, and headers', async () => {
  const { seen, gone, record } = await deletedUnder({
    kind: 'error',
    status: 429,
    headers: { 'Retry-After': '30' },
    error: {
      code: 4,
      message: '(#4) Application request limit reached',
      type: 'OAuthException',
      error_subcode: 2446079,
      is_transient: true,
      error_user_title: 'Slow down',
      error_user_msg: 'Try again later.',
      details: 'The app makes too many calls.',
    },
  });
  expect(seen).toMatchObject({ status: 429, broken: undefined, headers: { 'retry-after': '30' } });
  expect(JSON.parse(seen.body.toString())).toEqual({
    error: {
      message: '(#4) Application request limit reached',
      type: 'OAuthException',
      code: 4,
      error_data: { messaging_product: 'whatsapp', details: 'The app makes too many calls.' },
      error_subcode: 2446079,
      is_transient: true,
      error_user_title: 'Slow down',
      error_user_msg: 'Try again later.',
      fbtrace_id: seen.headers['x-fb-trace-id'],
    },
  });
  expect(gone).toBe(false);
  expect(record?.errorCode).toBe(4);
});

test('an error can come after the work was done', async () => {
  const error = { code: 1, message: 'x' };
  const { seen, gone } = await deletedUnder({ kind: 'error', status: 500, error, done: true });
  expect(seen.status).toBe(500);
  expect(gone).toBe(true);
});

test('malformed is 200 with JSON that breaks off', async () => {
  const { seen, text, gone, record } = await deletedUnder({ kind: 'malformed' });
  expect(seen).toMatchObject({ status: 200, broken: undefined, headers: { 'content-type': JSON_TYPE } });
  expect(text).toBe('{"succes');
  expect(gone).toBe(true);
  expect(record?.errorCode).toBeUndefined();
});

test('html is a page with the status of a gateway, or another', async () => {
  const { seen, text, gone } = await deletedUnder({ kind: 'html' });
  expect(seen).toMatchObject({ status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(text).toMatch(/^<!DOCTYPE html>/);
  expect(gone).toBe(false);
  expect((await deletedUnder({ kind: 'html', status: 200 })).seen.status).toBe(200);
});

test('empty is 200 without a byte', async () => {
  const { seen, gone } = await deletedUnder({ kind: 'empty' });
  expect(seen).toMatchObject({ status: 200, pieces: 0, headers: { 'content-length': '0' } });
  expect(gone).toBe(true);
});

test('truncated-gzip says that it is compressed, and is half of it', async () => {
  const { seen, gone } = await deletedUnder({ kind: 'truncated-gzip' });
  expect(seen).toMatchObject({ status: 200, broken: undefined, headers: { 'content-encoding': 'gzip' } });
  const whole = gzipSync('{"success":true}');
  expect(seen.body).toEqual(whole.subarray(0, whole.length / 2));
  expect(() => gunzipSync(seen.body)).toThrow('unexpected end of file');
  expect(gone).toBe(true);
});

test('error-in-200 is a Graph error under a good status', async () => {
  const { seen, text, gone, record } = await deletedUnder({ kind: 'error-in-200' });
  expect(seen.status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ error: { code: 1, message: 'An unknown error occurred' } });
  expect(gone).toBe(false);
  expect(record?.errorCode).toBe(1);
  const chosen = await deletedUnder({ kind: 'error-in-200', error: { code: 190, message: 'x' } });
  expect(JSON.parse(chosen.text)).toMatchObject({ error: { code: 190 } });
});

test('wrong-type is the right answer under another media type', async () => {
  const { seen, text, gone } = await deletedUnder({ kind: 'wrong-type' });
  expect(seen.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text).toBe('{"success":true}');
  expect(gone).toBe(true);
  const chosen = await deletedUnder({ kind: 'wrong-type', contentType: 'text/javascript' });
  expect(chosen.seen.headers['content-type']).toBe('text/javascript');
});

test('huge is the right answer, filled up and of unknown length', async () => {
  const { seen, text, gone } = await deletedUnder({ kind: 'huge', bytes: 5_000_000 });
  expect(seen).toMatchObject({ status: 200, headers: { 'transfer-encoding': 'chunked' } });
  expect(seen.body).toHaveLength(5_000_000);
  expect(JSON.parse(text)).toEqual({ success: true });
  expect(gone).toBe(true);
});

test.each<Fault>([
  { kind: 'malformed', done: false },
  { kind: 'html', done: true },
  { kind: 'empty', done: false },
  { kind: 'truncated-gzip', done: false },
  { kind: 'error-in-200', done: true },
  { kind: 'wrong-type', done: false },
  { kind: 'huge', bytes: 10, done: false },
])('%o: the work is done or not as told', async (fault) => {
  const { gone } = await deletedUnder(fault);
  expect(gone).toBe('done' in fault && fault.done);
});

test('a call that fails of itself is not called done, whatever spoils its answer', async () => {
  const simulator: Simulator = await playground();
  simulator.setFaults([{ match: {}, fault: { kind: 'wrong-type' } }]);
  const seen = await wire(simulator, 'GET /1', { token: simulator.systemUserToken });
  expect(seen.status).toBe(400);
  expect(simulator.requests()).toMatchObject([{ status: 400, errorCode: 100, done: false }]);
});

test.each<[Fault, number | undefined]>([
  [{ kind: 'lost' }, undefined],
  [{ kind: 'malformed' }, 200],
  [{ kind: 'empty' }, 200],
  [{ kind: 'html', status: 400, done: true }, 400],
])('%o: the ledger has no error code that the caller could not read', async (fault, status) => {
  const simulator = await playground();
  simulator.setFaults([{ match: {}, fault }]);
  const seen = await wire(simulator, 'GET /1', { token: simulator.systemUserToken });
  expect(seen.status).toBe(status);
  const [record] = simulator.requests();
  expect(record).toMatchObject({ status, done: false });
  expect(record?.errorCode).toBeUndefined();
});
