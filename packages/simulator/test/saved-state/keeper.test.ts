import { expect, test, vi } from 'vitest';
import { createKeeper } from '../../src/saved-state/keeper.ts';

/** A keeper with a hand-turned timer, which saves the number that `state` stands at. */
function keeping() {
  let timer: (() => void) | undefined;
  const world = { state: 0, fails: false };
  const saved: number[] = [];
  const pauses: number[] = [];
  const report = vi.fn();
  const writes: (() => void)[] = [];
  const keeper = createKeeper({
    async save() {
      const { state } = world;
      await new Promise<void>((done) => writes.push(done));
      if (world.fails) throw new Error('disk full');
      saved.push(state);
    },
    report,
    later(ms, run) {
      pauses.push(ms);
      timer = run;
      return () => {
        timer = undefined;
      };
    },
  });
  /** Lets the pause end. */
  const pause = () => {
    const run = timer;
    timer = undefined;
    run?.();
  };
  /** Lets the disk finish. */
  const written = async () => {
    await vi.waitFor(() => expect(writes).not.toEqual([]));
    writes.shift()?.();
    await new Promise((done) => setImmediate(done));
  };
  return { keeper, world, saved, pauses, report, pause, written };
}

test('many changes are saved once, as they are when the pause ends', async () => {
  const { keeper, world, saved, pauses, pause, written } = keeping();
  for (world.state = 1; world.state < 100; world.state += 1) keeper.changed();
  pause();
  await written();
  expect(saved).toEqual([100]);
  expect(pauses).toEqual([200]);
});

test('a change while the disk is busy is saved after it', async () => {
  const { keeper, world, saved, pause, written } = keeping();
  world.state = 1;
  keeper.changed();
  pause();
  await Promise.resolve();
  world.state = 2;
  keeper.changed();
  pause();
  await written();
  expect(saved).toEqual([1]);
  await written();
  expect(saved).toEqual([1, 2]);
});

test('a failure is reported once and tried again', async () => {
  const { keeper, world, saved, report, pause, written } = keeping();
  world.fails = true;
  keeper.changed();
  pause();
  await written();
  pause();
  await written();
  expect(report).toHaveBeenCalledTimes(1);
  world.fails = false;
  pause();
  await written();
  expect(saved).toEqual([0]);
});

test('closing saves a last time, and never again', async () => {
  const { keeper, world, saved, pause, written } = keeping();
  keeper.changed();
  world.state = 7;
  const closed = keeper.close();
  await written();
  await closed;
  keeper.changed();
  pause();
  await keeper.close();
  expect(saved).toEqual([7]);
});
