import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines } from '../../support/databases.ts';
import { deliver, finishPopup, startWorld, type EngineName, type Node, type World } from './support/hosts.ts';
import { expectPromisesKept } from './support/promises.ts';
import { record } from './support/scenario.ts';

const second = 1_000;

/** A place where a host stands still until it is let go. */
function halt() {
  let reached: () => void = () => undefined;
  let letGo: () => void = () => undefined;
  const isThere = new Promise<void>((resolve) => (reached = resolve));
  const until = new Promise<void>((resolve) => (letGo = resolve));
  return {
    isThere,
    letGo: () => letGo(),
    stand: () => {
      reached();
      return until;
    },
  };
}
type Halt = ReturnType<typeof halt>;

/** Where a host can stop on its way through an exchange. */
type Place = 'before its mark' | 'before its first byte' | 'before its answer' | 'before the token is kept';

const names = engines.map(({ name }) => ({ engine: name as EngineName })); // the names that there are

describe.each(names)('an exchange on $engine', ({ engine }) => {
  let world: World;
  let other: Node;
  let stop: Halt;
  beforeEach(async () => {
    world = await startWorld(engine);
    other = await world.startNode({});
    stop = halt();
  });
  afterEach(async () => {
    stop.letGo();
    await world.close();
  });

  /** A host that takes a claim and stops in the middle. Its part ends when it is let go. */
  async function takeAndStop(place: Place) {
    const node = await world.startNode({}, async (act, cell) => {
      const isMark = place === 'before its mark' && act === 'open' && cell.includes('code');
      const isToken = place === 'before the token is kept' && act === 'seal' && cell.includes('token');
      if (isMark || isToken) await stop.stand();
    });
    const ofCodes = async ({ code }: { code: string | undefined }) => {
      if (code !== undefined) await stop.stand();
    };
    if (place === 'before its first byte') node.wire.hooks = { before: ofCodes };
    if (place === 'before its answer') node.wire.hooks = { after: ofCodes };
    const finished = await finishPopup(world, node, 'lucky-shrub');
    world.sim.clearRequests();
    const id = await deliver(node, finished);
    const stopped = node.signup.runDue();
    await stop.isThere;
    return { node, id, finished, stopped };
  }

  /** How often the code of a claim left any host. */
  const timesOut = (code: string, ...nodes: Node[]) =>
    nodes.flatMap(({ wire }) => wire.gone).filter((one) => one.code === code).length;

  it('that stopped before its mark is made by another host, once the lease is over', async () => {
    const { node, id, finished, stopped } = await takeAndStop('before its mark');
    world.passTo(world.now() + 20 * second);
    await other.signup.runDue();
    expect(timesOut(finished.code, node, other), 'while the lease holds').toBe(0);
    expect((await record(other, id)).status).toBe('received');

    await world.disk.endLeases();
    await other.signup.runDue();
    expect((await record(other, id)).status).toBe('registered');
    stop.letGo();
    await stopped;
    const claim = await record(other, id);
    expect(claim.status, 'after the first host woke up').toBe('registered');
    expect([timesOut(finished.code, node), timesOut(finished.code, other)]).toEqual([0, 1]);
    await expectPromisesKept(world, other, { id, finished, firstGone: 0, claim });
  });

  it('that stopped before its mark is made by nobody when the 30 seconds are over', async () => {
    const { node, id, finished, stopped } = await takeAndStop('before its mark');
    world.passTo(world.now() + 30 * second + 1);
    await world.disk.endLeases();
    await other.signup.runDue();
    stop.letGo();
    await stopped;
    const claim = await record(other, id);
    expect([claim.status, claim.reason?.code]).toEqual(['needs_signup', 'code_expired']);
    expect(claim.reason?.message).toMatch(/sign up again/i);
    expect(timesOut(finished.code, node, other)).toBe(0);
    expect(claim.sealedCode).toBeUndefined();
    await expectPromisesKept(world, other, { id, finished, firstGone: 0, claim });
  });

  it('that stopped before its mark and woke up alone goes on as if nothing had been', async () => {
    const { node, id, finished, stopped } = await takeAndStop('before its mark');
    await world.disk.endLeases();
    stop.letGo();
    await stopped;
    const claim = await record(other, id);
    expect(claim.status).toBe('registered');
    expect(timesOut(finished.code, node, other)).toBe(1);
    await expectPromisesKept(world, node, { id, finished, firstGone: 0, claim });
  });

  it.each<[Place, number]>([
    ['before its first byte', 0],
    ['before its answer', 1],
    ['before the token is kept', 1],
  ])('that stopped %s is never made again: the customer is asked to sign up again', async (place, gone) => {
    const { node, id, finished, stopped } = await takeAndStop(place);
    await other.signup.runDue();
    expect((await record(other, id)).status, 'while the lease holds').toBe('received');

    await world.disk.endLeases();
    await other.signup.runDue();
    const lost = await record(other, id);
    expect([lost.status, lost.reason?.code]).toEqual(['needs_signup', 'code_lost']);
    expect(lost.reason?.message).toMatch(/sign up again/i);
    expect(timesOut(finished.code, node)).toBe(gone);
    expect(timesOut(finished.code, other)).toBe(0);

    // It wakes up, and finds that its word counts no more.
    stop.letGo();
    await stopped;
    await other.signup.runDue();
    const claim = await record(other, id);
    expect([claim.status, claim.reason?.code]).toEqual(['needs_signup', 'code_lost']);
    expect(claim.sealedToken).toBeUndefined();
    expect(timesOut(finished.code, node, other)).toBeLessThanOrEqual(1);
    await expectPromisesKept(world, node, { id, finished, firstGone: 0, claim });
  });

  it('that got lost does not keep the customer: the next sign-up ends registered', async () => {
    const { id, finished, stopped } = await takeAndStop('before its answer');
    await world.disk.endLeases();
    await other.signup.runDue();
    stop.letGo();
    await stopped;
    world.passTo(world.now() + second);
    const again = await finishPopup(world, other, 'lucky-shrub');
    const secondId = await deliver(other, again);
    await other.signup.runDue();
    expect((await record(other, secondId)).status).toBe('registered');
    expect((await record(other, id)).status).not.toBe('registered');
    expect(again.code).not.toBe(finished.code);
    expect(await world.disk.numbersWithTwoOwners()).toEqual([]);
  });

  it('is made once when several hosts come to it in the same moment', async () => {
    const third = await world.startNode({});
    for (let round = 0; round < 5; round += 1) {
      const finished = await finishPopup(world, other, `customer-${round}`);
      const id = await deliver(other, finished);
      await Promise.all([other.signup.runDue(), third.signup.runDue(), other.signup.runDue()]);
      await Promise.all([other.signup.runDue(), third.signup.runDue()]);
      expect((await record(third, id)).status).toBe('registered');
      expect(timesOut(finished.code, other, third)).toBe(1);
    }
  });
});
