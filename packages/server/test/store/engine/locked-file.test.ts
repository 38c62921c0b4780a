import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { createCrowd, summaryOf, wrongAnswers } from '../../upgrade/support/crowd.ts';
import { starvedOf } from '../../upgrade/support/start-node.ts';
import { createNodesWorld, nodeBefore, type NodesWorld } from '../../upgrade/support/world.ts';

const isLong = process.env['TEST_LONG'] === '1';
/** How long another process keeps the lock, milliseconds. */
const kept = isLong ? 10_000 : 4_000;
/** What a stopped event loop is: longer than any commit. Milliseconds, beside those in which others had the processor. */
const stop = 100;
/** In so many pieces the time of the lock is looked at. */
const moments = 8;
/** What a customer waits at most for a refusal, milliseconds, beside those in which others had the processor. */
const refusedWithin = 2_000;
const timeout = isLong ? 600_000 : 120_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('../../upgrade/support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

let world: NodesWorld;
beforeEach(async () => {
  world = await createNodesWorld('SQLite', 60);
});
afterEach(() => world.close());

/** A connection that is not a node's: another process for SQLite, whose locks between connections are the same. */
const stranger = () => new Database(world.database.address.slice('sqlite:'.length), { timeout: 0 });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a SQLite file whose write lock another process keeps', { timeout }, () => {
  it('costs a running host no standing still: it reads on, refuses writes in time, and is well without a restart', async () => {
    const node = await world.start(bundled.file);
    await node.started;
    const crowd = createCrowd({ sim: world.sim, url: () => node.url });
    const before = await crowd.signUp('before');
    await crowd.settled();
    await node.longestDelay();

    // Customers come all the time; the lock is taken in the middle of that, and given back in the middle of that.
    const coming: Promise<unknown>[] = [];
    const looking: ReturnType<typeof crowd.ask>[] = [];
    const walking = { on: true };
    const stream = (async () => {
      for (let n = 0; walking.on; n += 1) {
        if (n < 50) coming.push(crowd.signUp(`customer-${n}`));
        looking.push(crowd.ask(node.url, `/signup/claims/${before.id}`, 'before'));
        await pause(40);
      }
    })();
    await pause(300);
    const other = stranger();
    // The node may be in a commit of its own at this moment.
    await expect.poll(() => taken(other), { interval: 1, timeout: 5_000 }).toBe(true);
    // Other tests may keep the processor for longer than any lock would: that time does not count.
    const starvedBefore = (await node.starved()) + (await starvedOf('self'));
    const stops: number[] = [];
    for (let moment = 0; moment < moments; moment += 1) {
      const starved = await node.starved();
      await pause(kept / moments);
      const delay = await node.longestDelay();
      stops.push(Math.max(0, delay - ((await node.starved()) - starved)));
    }
    const starved = (await node.starved()) + (await starvedOf('self')) - starvedBefore;
    other.exec('rollback');
    other.close();
    await pause(300);
    walking.on = false;
    await stream;
    await Promise.all(coming);

    expect(wrongAnswers(crowd.answers)).toEqual([]);
    const { refused, slowest } = summaryOf(crowd.answers);
    const longest = Math.max(...stops);
    process.stdout.write(
      `lock kept for ${kept} ms: ${refused} refusals, slowest answer ${slowest} ms, event loop at most ${longest.toFixed(0)} ms; without the processor for ${starved.toFixed(0)} ms\n`,
    );
    expect(refused).toBeGreaterThan(10);
    expect(slowest).toBeLessThan(refusedWithin + starved);
    expect(longest).toBeLessThan(stop);
    const seen = await Promise.all(looking);
    expect(seen.filter(({ status }) => status !== 200)).toEqual([]);
    expect(crowd.claims).toHaveLength(1 + coming.length);
    expect(new Set(crowd.claims.map(({ phoneNumberId }) => phoneNumberId)).size).toBe(crowd.claims.length);
    // A worker that could not write leaves its claim to whoever comes when the lease is over: 20 seconds.
    if (isLong) await crowd.settled();
    else await crowd.found();
  });

  it('keeps no node from starting when the schema is current', async () => {
    await (await world.start(bundled.file)).stop();
    const other = stranger();
    other.exec('begin immediate');
    const node = await world.start(bundled.file, { works: false, within: 30_000 });
    const crowd = createCrowd({ sim: world.sim, url: () => node.url });
    expect((await crowd.ask(node.url, '/signup/readyz', 'ada')).status).toBe(200);
    expect((await crowd.ask(node.url, '/signup/sessions', 'ada', {})).status).toBe(503);
    other.exec('rollback');
    other.close();
    expect((await crowd.ask(node.url, '/signup/sessions', 'ada', {})).status).toBe(201);
  });

  it.each([
    ['in a process that has other things to do', false],
    ['in a process that has nothing else to do', true],
  ])('lets a node that has to migrate wait, %s, and start when it is free', async (_where, alone) => {
    await (await world.start(nodeBefore)).stop();
    const other = stranger();
    other.exec('begin immediate');
    let isFree = false;
    const starting = world
      .start(bundled.file, { works: false, within: 60_000, alone })
      .then((node) => ({ node, isFree }));
    await Promise.race([starting, pause(kept)]);
    isFree = true;
    other.exec('rollback');
    other.close();
    const started = await starting;
    expect(started.isFree).toBe(true);
    const crowd = createCrowd({ sim: world.sim, url: () => started.node.url });
    expect((await crowd.ask(started.node.url, '/signup/readyz', 'ada')).status).toBe(200);
  });
});

function taken(database: Database.Database): boolean {
  try {
    database.exec('begin immediate');
    return true;
  } catch {
    return false;
  }
}
