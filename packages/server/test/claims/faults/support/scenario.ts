import type { RecordedRequest } from '@embedded-signup-kit/simulator';
import { expect } from 'vitest';
import type { Claim } from '../../../../src/ports/records.ts';
import type { Configuration } from './configurations.ts';
import type { NamedFault } from './faults.ts';
import { deliver, finishPopup, type Finished, type Node, type World } from './hosts.ts';
import { callsOfClaims, pathOf, phoneOf, type MetaCall } from './meta-calls.ts';
import { mustEnd, somethingToDo, type Times } from './oracle.ts';
import { expectPromisesKept } from './promises.ts';

/** One fault at one call of one claim. */
export interface Scenario {
  call: MetaCall;
  fault: NamedFault;
  times: Times;
}

const hour = 60 * 60_000;
const day = 24 * hour;

/** How long something that comes for ever lasts: so many times, or so many milliseconds, until it is mended. Nobody is asked about less than a day. */
const forEver = { times: 12, ms: 20 * hour };

/** Longer than anything that Meta asks for, in a row, milliseconds. */
const patience = 40 * day;

/** In words, for a failure. */
export const wordsOf = ({ call, fault, times }: Scenario): string =>
  `${call.name}: ${fault.name}, ${times === 1 ? 'once' : times === 2 ? 'twice' : 'until it is mended'}`;

let customers = 0;

/** Signs a customer up while Meta has this fault, lets the clock run, and checks the end and every promise. */
export async function runScenario(
  world: World,
  node: Node,
  { popup }: Configuration,
  scenario: Scenario,
): Promise<void> {
  const { sim } = world;
  const { call, fault, times } = scenario;
  await calmDown(world);
  customers += 1;
  const finished = await finishPopup(world, node, `customer-${customers}`, popup);
  sim.clearRequests();
  const firstGone = node.wire.gone.length;

  const play = () => {
    const path = pathOf(call, finished.wabaId, phoneOf(world, finished));
    if (path === undefined) return false;
    sim.setFaults([{ match: { method: call.method, path }, after: call.nth - 1, times, fault: fault.fault }]);
    return true;
  };
  let isSet = play();
  world.onRequest = (one) => {
    isSet ||= play();
    // What never comes is given up by a clock of the client's.
    if (one.fault === 'hang') {
      world.passTo(world.now() + 6_000);
      setImmediate(() => node.wire.timeOut(one.method, one.path));
    }
  };
  const id = await deliver(node, finished);
  const faulted = () => callsOfClaims(world).filter((one) => one.fault !== undefined);
  const lasts = () =>
    faulted().length < forEver.times && world.now() < begun + Math.max(forEver.ms, 3 * (fault.rest ?? 0));
  const begun = world.now();
  await untilAtRest(world, node, id, () => times === 'always' && !lasts() && mend(world));
  const claim = await record(node, id);

  expect(isSet && faulted().length, 'calls that met the fault').toBeGreaterThan(0);
  const expected = mustEnd(call.role, fault, times);
  expect(expected.status, `the end, with the reason ${claim.reason?.code}`).toContain(claim.status);
  if (expected.says !== undefined) expect(claim.reason?.message).toMatch(expected.says);
  if (claim.status === 'needs_operator') expect(claim.reason?.message).toMatch(somethingToDo);
  expect(claim.reason?.message ?? '', 'said of a claim with nothing left to do').not.toMatch(/by itself/);
  expectRest(callsOfClaims(world), scenario, expected.callsOn);
  await expectPromisesKept(world, node, { id, finished, firstGone, claim });
  if (claim.status !== 'registered') await expectQuiet(world, node, id);
  if (claim.status === 'needs_operator') await expectMended(world, node, { id, finished, firstGone });
}

/** Runs what is due, and moves the clock to what is due next, until nothing is left to do for the claim. */
async function untilAtRest(
  world: World,
  node: Node,
  id: string,
  beforeRound: () => unknown = () => undefined,
): Promise<void> {
  const until = world.now() + patience;
  for (let round = 0; round < 200 && world.now() <= until; round += 1) {
    beforeRound();
    await node.signup.runDue();
    const work = await world.disk.work(id);
    if (work === undefined) return;
    expect(work.isLeased, `a lease of the step ${work.step} is left behind`).toBe(false);
    world.passTo(work.runAt);
  }
  const { status, reason } = await record(node, id);
  throw new Error(`the claim does not come to rest: ${status} ${reason?.code}`);
}

/** The claim as it is on record. */
export async function record(node: Node, id: string): Promise<Claim> {
  const claim = await node.signup.claims.find(id);
  if (claim === undefined) throw new Error(`the claim ${id} was answered for, and is lost`);
  return claim;
}

/** Ends every fault. */
function mend({ sim }: World): void {
  if (sim.faults().faults.length > 0) sim.setFaults([]);
}

/** Ends what the last scenario left behind: faults, closed ports, limits that the host keeps to, and the reads of its number. */
async function calmDown(world: World): Promise<void> {
  world.onRequest = () => undefined;
  world.sim.setFaults([]);
  // Only a fault that refuses connections leaves a closed port behind.
  const answers = () => fetch(`${world.sim.url}/__simulator/faults`).then((answer) => answer.text());
  while ((await answers().catch(() => undefined)) === undefined) await turn();
  // The days that pass are another claim's: hundreds of numbers would be read in each of them.
  await world.disk.endReads();
  world.passTo(world.now() + 2 * hour);
}

const turn = () => new Promise((resolve) => void setImmediate(resolve));

/** After the fault Meta is left alone as long as it wants, and for good where nothing is to be hoped for. */
function expectRest(
  calls: readonly RecordedRequest[],
  { fault }: Scenario,
  callsOn: 'yes' | 'no' | 'may',
): void {
  for (const [index, one] of calls.entries()) {
    const next = calls[index + 1];
    if (one.fault === undefined || next === undefined) continue;
    expect(next.at - one.at, `milliseconds from the fault to ${next.path}`).toBeGreaterThanOrEqual(
      fault.rest ?? 0,
    );
  }
  const first = calls.findIndex((one) => one.fault !== undefined);
  const after = calls.slice(first + 1).map(({ method, path }) => `${method} ${path}`);
  if (callsOn === 'no') expect(after, 'calls after a final answer').toEqual([]);
  if (callsOn === 'yes' && calls[first]?.path.endsWith('/settings') === false) {
    expect(after.length, 'calls after the fault').toBeGreaterThan(0);
  }
}

/** Three days later Meta has heard nothing more of the claim. */
async function expectQuiet(world: World, node: Node, id: string): Promise<void> {
  const before = callsOfClaims(world).length;
  const { status } = await record(node, id);
  world.passTo(world.now() + 73 * hour);
  await node.signup.runDue();
  expect(callsOfClaims(world).slice(before), 'calls for a claim that waits for a person').toEqual([]);
  expect((await record(node, id)).status).toBe(status);
}

/** The fault is gone, a person has it tried again, and it ends well with the PIN that it had. */
async function expectMended(
  world: World,
  node: Node,
  { id, finished, firstGone }: { id: string; finished: Finished; firstGone: number },
): Promise<void> {
  mend(world);
  await node.signup.claims.retry(id, 'nora');
  await untilAtRest(world, node, id);
  const claim = await record(node, id);
  // Days have gone by: a number that was only held went back to the pool.
  const isGone = phoneOf(world, finished) === undefined;
  expect(claim.status, `tried again after the fault: ${claim.reason?.code}`).toBe(
    isGone ? 'no_number' : 'registered',
  );
  await expectPromisesKept(world, node, { id, finished, firstGone, claim });
}
