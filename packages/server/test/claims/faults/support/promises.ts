import { expect } from 'vitest';
import type { Claim } from '../../../../src/ports/records.ts';
import type { Finished, Node, World } from './hosts.ts';
import { callsOfClaims, phoneOf } from './meta-calls.ts';

/** Meta allows ten; the design spends this many at most. */
const registersInWindow = 6;
const registerWindow = 72 * 60 * 60_000;

/** What is known of a claim that was answered for. */
export interface Suspect {
  id: string;
  finished: Finished;
  /** How many calls had left the host before it. */
  firstGone: number;
  claim: Claim;
}

/** What must be true of every claim, whatever happened to it. */
export async function expectPromisesKept(
  world: World,
  node: Node,
  { id, finished, firstGone, claim }: Suspect,
): Promise<void> {
  const { sim, disk } = world;
  const gone = node.wire.gone.slice(firstGone);
  const codes = gone.filter(({ code }) => code === finished.code).length;
  expect(codes, 'times that the code went out').toBeLessThanOrEqual(1);
  const requests = callsOfClaims(world);
  const exchanges = requests.filter(({ path }) => path === '/oauth/access_token').length;
  expect(exchanges, 'exchanges at Meta').toBeLessThanOrEqual(1);

  const phone = phoneOf(world, finished);
  const registers = requests.filter(({ path }) => path === `/${phone}/register`);
  for (const { at } of registers) {
    const inWindow = registers.filter((one) => one.at >= at && one.at < at + registerWindow);
    expect(inWindow.length, 'calls of /register in 72 hours').toBeLessThanOrEqual(registersInWindow);
  }
  const pins = gone.filter(({ path }) => path === `/${phone}/register`).map(({ pin }) => pin);
  expect(new Set(pins).size, `PINs that Meta heard: ${pins.join(', ')}`).toBeLessThanOrEqual(1);
  // What Meta did once it is not asked for again: the kit looks first.
  for (const edge of ['/register', '/whatsapp_credit_sharing_and_attach', '/phone_numbers']) {
    const posts = requests.filter(({ method, path }) => method === 'POST' && path.endsWith(edge));
    const done = posts.filter(({ fault, done: isDone, status = 0 }) =>
      fault === undefined ? status < 300 : isDone === true,
    );
    expect(done.length, `times that Meta did POST …${edge}`).toBeLessThanOrEqual(1);
  }

  const atMeta = sim.state().phoneNumbers.find((one) => one.id === phone);
  if (claim.status === 'registered') {
    expect(atMeta?.registeredAt, 'registered here, so at Meta').toBeDefined();
    expect(claim.phoneNumberId).toBe(phone);
    expect(claim.wabaId).toBe(finished.wabaId);
  }
  expect(await disk.leases(), 'leases that are left').toBe(0);
  expect(await disk.numbersWithTwoOwners()).toEqual([]);
  expect(await disk.claims(), 'claims on disk').toContain(id);
}
