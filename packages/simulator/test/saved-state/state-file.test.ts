import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SavedStateError, startSimulator } from '../../src/index.ts';
import { callback } from '../support/callback.ts';
import { graph } from '../support/graph-client.ts';
import { NOON, onboarded, playground } from '../support/playground.ts';
import { openPopup, toNumberScreen } from '../support/popup-client.ts';

const folders: string[] = [];
let folder = '';
let stateFile = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saved-state-'));
  folders.push(folder);
  stateFile = join(folder, 'state.json');
});

// Not before every simulator is closed, which saves a last time.
afterAll(() => Promise.all(folders.map((path) => rm(path, { recursive: true, force: true }))));

const readState = async (): Promise<unknown> => JSON.parse(await readFile(stateFile, 'utf8'));

/** Waits until the file has what `simulator.save()` has. */
const kept = async (simulator: Awaited<ReturnType<typeof playground>>) =>
  vi.waitFor(async () => expect(await readState()).toEqual(simulator.save()), {
    timeout: 5000,
    interval: 20,
  });

describe('with a state file', () => {
  test('everything is there after a restart', async () => {
    const before = await playground({ numbers: 2, stateFile });
    const { wabaId, token } = await onboarded(before);
    before.advance('P3D');
    before.runClock(false);
    const state = before.state();
    await before.close();
    const after = await playground({ numbers: 2, stateFile });
    expect(after.state()).toEqual(state);
    expect(after.clock()).toEqual({ now: state.now, running: false });
    expect((await graph(after, `GET /v26.0/${wabaId}`, { token })).status).toBe(200);
    expect(after.signUp({ ownNumber: '+15550000001' }).wabaId).not.toBe(wabaId);
  });

  test('the file is there from the start, whole, for its owner only, and nothing lies beside it', async () => {
    const simulator = await playground({ stateFile });
    expect(await readState()).toEqual(simulator.save());
    expect((await stat(stateFile)).mode % 0o1000).toBe(0o600);
    await simulator.close();
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  test('what typed controls, Graph, popup and webhooks change is saved while it runs', async () => {
    const simulator = await playground({ numbers: 1, stateFile });
    simulator.signUp({ ownNumber: '+15550000001' });
    await kept(simulator);
    await graph(simulator, `GET /v26.0/1`);
    await kept(simulator);
    const number = await toNumberScreen(await openPopup(simulator));
    expect(number.name).toBe('number');
    await kept(simulator);
    await graph(simulator, 'POST /__simulator/clock', { json: { advance: 'P1D' } });
    await kept(simulator);
    const app = await callback();
    await simulator.setWebhook({ url: app.url });
    simulator.emit({ kind: 'raw', field: 'test', entryId: '1', value: {} });
    await app.arrived(1);
    await vi.waitFor(() => expect(simulator.deliveries()).toMatchObject([{ state: 'acknowledged' }]));
    await kept(simulator);
  });

  test('a call whose answer is lost or hangs is saved too', async () => {
    const simulator = await playground({ numbers: 1, stateFile });
    const { phoneNumberId, token } = await onboarded(simulator);
    await kept(simulator);
    simulator.setFaults([{ match: { method: 'POST', path: '/*/register' }, fault: { kind: 'lost' } }]);
    const json = { messaging_product: 'whatsapp', pin: '123456' };
    await expect(
      graph(simulator, `POST /v26.0/${phoneNumberId}/register`, { token, json }),
    ).rejects.toThrow();
    expect(simulator.state().phoneNumbers).toMatchObject([{ hasPin: true }]);
    await kept(simulator);
  });

  test('closing saves what changed last', async () => {
    const simulator = await playground({ stateFile });
    simulator.signUp({ ownNumber: '+15550000001' });
    const saved = simulator.save();
    await simulator.close();
    expect(await readState()).toEqual(saved);
  });
});

describe('a file that cannot be used is left as it is, with a sentence', () => {
  const saved = async (change: Readonly<Record<string, unknown>>) => {
    const simulator = await playground();
    return JSON.stringify({ ...simulator.save(), ...change });
  };
  test.each<[string, () => Promise<string> | string, RegExp]>([
    ['no JSON', () => 'hello', /it is not JSON/],
    ['half of a file', async () => (await saved({})).slice(0, 300), /it is not JSON/],
    ['an empty file', () => '', /it is not JSON/],
    ['of something else', () => '{"name":"x"}', /not a saved state of this simulator/],
    ['of a newer simulator', () => saved({ version: 99 }), /format 99 by a newer simulator/],
    ['of another business', () => saved({ businessId: '42' }), /for the business 42/],
    ['damaged', () => saved({ ids: {} }), /"ids" is damaged/],
  ])('%s', async (_what, content, problem) => {
    const bytes = await content();
    await writeFile(stateFile, bytes);
    const started = startSimulator({ now: () => NOON, stateFile });
    await expect(started).rejects.toThrow(problem);
    await expect(started).rejects.toThrow(`The state file ${stateFile} cannot be used`);
    await expect(started).rejects.toBeInstanceOf(SavedStateError);
    expect(await readFile(stateFile, 'utf8')).toBe(bytes);
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  test('a folder, or one that does not exist', async () => {
    await expect(startSimulator({ stateFile: folder })).rejects.toThrow(/cannot be read/);
    const nowhere = join(folder, 'none', 'state.json');
    await expect(startSimulator({ stateFile: nowhere })).rejects.toThrow(/cannot be written: ENOENT/);
  });

  test('a port that is taken leaves the file of whoever has it alone', async () => {
    const simulator = await playground();
    await writeFile(stateFile, await saved({ clock: { running: false, at: 5 } }));
    const bytes = await readFile(stateFile, 'utf8');
    const port = Number(new URL(simulator.url).port);
    await expect(startSimulator({ port, stateFile, seed: 5 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await readFile(stateFile, 'utf8')).toBe(bytes);
  });
});

test('closing says when the last state could not be saved', async () => {
  const simulator = await startSimulator({ stateFile });
  simulator.signUp({ ownNumber: '+15550000001' });
  await rm(folder, { recursive: true });
  await expect(simulator.close()).rejects.toThrow(/cannot be written/);
  await expect(fetch(simulator.url)).rejects.toThrow();
});

test('a state and a state file at once are refused', async () => {
  const state = (await playground()).save();
  await expect(startSimulator({ state, stateFile })).rejects.toThrow('give either state or stateFile');
});
