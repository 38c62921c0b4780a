import { describe, expect, test } from 'vitest';
import { createSimulator, SavedStateError, type SavedState, type Simulator } from '../src/index.ts';
import { callback } from './support/callback.ts';
import { graph } from './support/graph-client.ts';
import { NOON, onboarded, playground, seedOne } from './support/playground.ts';

/** What was saved, after it was written and read as JSON. */
const throughJson = (saved: SavedState): unknown => JSON.parse(JSON.stringify(saved));

/** Another simulator that goes on from this one. */
const goOnFrom = (simulator: Simulator) => playground({ state: throughJson(simulator.save()) });

describe('a simulator that goes on from a saved one', () => {
  test('knows the same world, time and tokens', async () => {
    const before = await playground({ numbers: 2 });
    const { wabaId, token } = await onboarded(before);
    before.signUp({ ownNumber: '+15550000001' });
    before.addPartner();
    before.advance('P3D');
    const after = await goOnFrom(before);
    expect(after.state()).toEqual(before.state());
    expect(after.inbox()).toEqual(before.inbox());
    expect((await graph(after, `GET /v26.0/${wabaId}`, { token })).status).toBe(200);
  });

  test('seeds no numbers of its own', async () => {
    const before = await playground({ numbers: 2 });
    const after = await playground({ numbers: 5, state: before.save() });
    expect(after.state().preverifiedNumbers).toEqual(before.state().preverifiedNumbers);
  });

  test('never issues an id, a code or a token again', async () => {
    const before = await playground();
    const first = before.signUp({ ownNumber: '+15550000001' });
    const after = await goOnFrom(before);
    const second = after.signUp({ ownNumber: '+15550000002' });
    const ids = [first, second].flatMap(({ code, wabaId, phoneNumberId }) => [code, wabaId, phoneNumberId]);
    expect(new Set(ids).size).toBe(6);
  });

  test('shares nothing with it, nor with what was saved', async () => {
    const before = await playground({ numbers: 1 });
    await onboarded(before);
    const saved = before.save();
    const copy = structuredClone(saved);
    const [one, two] = [await playground({ state: saved }), await playground({ state: saved })];
    one.setBusinessVerified(one.state().businesses[1]?.id ?? '', true);
    one.signUp({ ownNumber: '+15550000001' });
    seedOne(one);
    expect(saved).toEqual(copy);
    expect(two.state()).toEqual(before.state());
  });

  test('has its clock as it was: set, or stopped', async () => {
    const running = await playground();
    running.setClock(1000);
    expect((await goOnFrom(running)).clock()).toEqual({ now: 1000, running: true });
    running.runClock(false);
    const later = await playground({ now: () => NOON + 5, state: running.save() });
    expect(later.clock()).toEqual({ now: 1000, running: false });
    running.runClock(true);
    const elapsed = await playground({ now: () => NOON + 5, state: running.save() });
    expect(elapsed.clock()).toEqual({ now: 1005, running: true });
  });

  test('delivers the webhooks that were waiting', async () => {
    const app = await callback();
    const before = await playground();
    await before.setWebhook({ url: app.url });
    before.setDelivery({ delayMs: 60_000 });
    before.emit({ kind: 'raw', field: 'test', entryId: '1', value: { name: 'waiting' } });
    const saved = before.save();
    await before.close();
    // A minute of real time has passed meanwhile.
    await playground({ now: () => NOON + 60_000, state: saved });
    expect(JSON.stringify((await app.arrived(1))[0]?.body)).toContain('waiting');
  });

  test('goes back to a new start on reset', async () => {
    const before = await playground({ numbers: 2 });
    before.signUp({ ownNumber: '+15550000001' });
    const after = await playground({ numbers: 1, state: before.save() });
    after.reset();
    expect(after.state()).toMatchObject({ accounts: [], now: NOON });
    expect(after.state().preverifiedNumbers).toHaveLength(1);
  });
});

describe('a state is refused when', () => {
  const saved = createSimulator({ numbers: 1 }).save();
  const world = { ...saved.world };
  const restored = (state: unknown) => () => createSimulator({ state });

  test.each<[string, unknown, RegExp]>([
    ['it is nothing of ours', { format: 'other' }, /not a saved state of this simulator/],
    ['it is no object', [], /not a saved state of this simulator/],
    ['a newer simulator wrote it', { ...saved, version: 2 }, /newer simulator/],
    ['its version is damaged', { ...saved, version: 'x' }, /"version" is damaged/],
    [
      'it is of another business',
      { ...saved, businessId: '77' },
      /for the business 77, but .* 118620475930264/,
    ],
    ['its clock is damaged', { ...saved, clock: { running: true, offset: 'x' } }, /"clock" is damaged/],
    [
      'its clock is beyond all dates',
      { ...saved, clock: { running: false, at: 9e15 } },
      /"clock" is damaged/,
    ],
    ['its ids are damaged', { ...saved, ids: { issued: -1, random: 0 } }, /"ids" is damaged/],
    ['it has no world', { ...saved, world: undefined }, /"world" is damaged/],
    ['a part is no list', { ...saved, world: { ...world, accounts: {} } }, /"world.accounts" is damaged/],
    [
      'a part has odd entries',
      { ...saved, world: { ...world, tokens: [['a']] } },
      /"world.tokens" is damaged/,
    ],
    ['a part is of another kind', { ...saved, world: { ...world, inbox: 5 } }, /"world.inbox" is damaged/],
    [
      'webhooks are damaged',
      { ...saved, world: { ...world, webhook: { changes: 1 } } },
      /"world.webhook.changes"/,
    ],
    ['a number in it is none', { ...saved, world: { ...world, phoneNumbers: [['1', 5]] } }, /cannot be read/],
    ['it has an unknown part', { ...saved, world: { ...world, moon: [] } }, /"moon"/],
  ])('%s', (_when, state, problem) => {
    expect(restored(state)).toThrow(problem);
    expect(restored(state)).toThrow(SavedStateError);
    expect(restored(state)).toThrow(/^The option state cannot be used/);
  });
});

test('what an older simulator did not save begins as in a new one, with new ids', () => {
  const before = createSimulator({ numbers: 2 });
  before.signUp({ ownNumber: '+15550000001' });
  const saved = before.save();
  const { messages, creditLines, webhook, ...world } = saved.world;
  expect([messages, creditLines, webhook]).not.toContain(undefined);
  const after = createSimulator({ state: { ...saved, world: { ...world, webhook: { counted: 3 } } } });
  expect(after.messages()).toEqual([]);
  expect(after.webhook().delivery).toEqual(before.webhook().delivery);
  expect(after.state()).toEqual({ ...before.state(), now: expect.any(Number) });
  expect(after.save().world['creditLines']).not.toEqual(creditLines);
});
