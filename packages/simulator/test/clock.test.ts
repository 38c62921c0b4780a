import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDuration } from '../src/clock/add-duration.ts';
import { createClock } from '../src/clock/clock.ts';
import { createSimulator } from '../src/index.ts';
import { control } from './support/callback.ts';
import { NOON, playground } from './support/playground.ts';

/** A simulator over a clock that the test moves as real time would. */
async function overTime(options: Parameters<typeof playground>[0] = {}) {
  let time = NOON;
  const simulator = await playground({ now: () => time, ...options });
  const pass = (ms: number) => {
    time += ms;
  };
  return { simulator, pass };
}

describe('a clock that moves with real time', () => {
  test('is the default, and runs on from where it is set', async () => {
    const { simulator, pass } = await overTime();
    pass(1000);
    expect(simulator.clock()).toEqual({ now: NOON + 1000, running: true });
    simulator.setClock(5000);
    pass(10);
    expect(simulator.now()).toBe(5010);
  });

  test('is stopped at the present moment, and goes on from there', async () => {
    const { simulator, pass } = await overTime();
    simulator.runClock(false);
    pass(1000);
    expect(simulator.clock()).toEqual({ now: NOON, running: false });
    simulator.advance('PT5S');
    simulator.runClock(true);
    pass(7);
    expect(simulator.clock()).toEqual({ now: NOON + 5007, running: true });
  });
});

describe('a clock that moves only when told', () => {
  test('stands at its start until it is set or moved', async () => {
    const { simulator, pass } = await overTime({ clock: 'manual' });
    pass(86_400_000);
    expect(simulator.clock()).toEqual({ now: NOON, running: false });
    simulator.advance('PT31S');
    pass(1);
    expect(simulator.now()).toBe(NOON + 31_000);
    simulator.setClock(7);
    pass(1);
    expect(simulator.now()).toBe(7);
  });

  test('stands at its start again after a reset, even if it was let go', async () => {
    const { simulator, pass } = await overTime({ clock: 'manual' });
    simulator.runClock(true);
    pass(1000);
    simulator.reset();
    pass(1000);
    expect(simulator.clock()).toEqual({ now: NOON, running: false });
  });
});

test('the clock is read, stopped and let go over HTTP', async () => {
  const { simulator, pass } = await overTime();
  expect((await control(simulator, 'POST /clock', { run: false })).body).toEqual({
    now: NOON,
  });
  pass(1000);
  expect((await control(simulator, 'GET /clock')).body).toEqual({ now: NOON, running: false });
  expect((await control(simulator, 'POST /clock', { run: true })).body).toEqual({ now: NOON });
  pass(1000);
  expect((await control(simulator, 'GET /clock')).body).toEqual({ now: NOON + 1000, running: true });
});

test.each([
  { run: 'yes' },
  { run: true, advance: 'P1D' },
  { now: 1.5 },
  { now: 9e15 },
  { advance: 'PT0.0005S' },
])('%j is refused with a sentence and changes nothing', async (body) => {
  const simulator = await playground();
  const answer = await control(simulator, 'POST /clock', body);
  expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  expect(simulator.clock()).toEqual({ now: NOON, running: true });
});

describe('times are whole milliseconds', () => {
  test('whatever clock they come from', () => {
    const simulator = createSimulator({ now: () => NOON + 0.75 });
    expect(simulator.now()).toBe(NOON);
    simulator.setClock(1000);
    expect(simulator.now()).toBe(1000);
  });

  test.each(['PT0.0005S', 'PT1.0001S', 'PT0.00000000000000000001S'])(
    '%s is too fine to move by',
    (duration) => {
      expect(() => addDuration(NOON, duration)).toThrow(/finer than a millisecond/);
    },
  );

  test.each([
    ['PT1.001S', 1001],
    ['PT0.5000S', 500],
    ['PT8.2S', 8200],
  ])('%s is exactly so long', (duration, ms) => {
    expect(addDuration(NOON, duration)).toBe(NOON + ms);
  });

  test.each(['P999999Y', 'P99999999999D', 'P9999999999Y'])('%s leads beyond the last date', (duration) => {
    expect(() => addDuration(NOON, duration)).toThrow(RangeError);
  });

  test.each([1.5, Number.NaN, Infinity, 9e15])('the clock cannot be set to %d', (time) => {
    const simulator = createSimulator({ now: () => NOON });
    expect(() => simulator.setClock(time)).toThrow(RangeError);
    expect(simulator.now()).toBe(NOON);
  });

  test('after any steps, over a clock of any fineness', () => {
    const step = fc.oneof(
      fc.record({ pass: fc.double({ min: 0, max: 1e6, noNaN: true }) }),
      fc.record({ advance: fc.nat(1e7).map((ms) => `PT${ms / 1000}S`) }),
      fc.record({ run: fc.boolean() }),
      fc.record({ set: fc.nat(2e12) }),
    );
    fc.assert(
      fc.property(fc.constantFrom('real', 'manual'), fc.array(step), (kind, steps) => {
        let time = NOON + 0.3;
        const clock = createClock({ now: () => time, clock: kind });
        for (const part of steps) {
          const before = clock.now();
          if ('pass' in part) time += part.pass;
          else if ('advance' in part) clock.advance(part.advance);
          else if ('set' in part) clock.set(part.set);
          else clock.run(part.run);
          expect(Number.isInteger(clock.now())).toBe(true);
          if ('run' in part) expect(clock.now()).toBe(before);
          if ('set' in part) expect(clock.now()).toBe(part.set);
        }
      }),
    );
  });
});

test('a clock of no known kind is refused', () => {
  const clock: string = 'sundial';
  expect(() => createSimulator({ clock: clock as 'real' })).toThrow('clock must be real or manual');
});
