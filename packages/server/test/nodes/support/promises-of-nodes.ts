import { expect } from 'vitest';
import { registerBudget } from '../../../src/domain/durations.ts';
import { isFinal } from '../../torture/support/promises.ts';
import { until } from '../../torture/support/until.ts';
import { countBy, type ClaimOnDisk } from '../../torture/support/what-is-on-disk.ts';
import type { ClaimOfNodes, NodesLedger } from './customers-of-nodes.ts';
import type { NodesWorld } from './nodes-world.ts';

/** What became of the claims. */
export interface NodesOutcome {
  claims: number;
  registered: number;
  /** Second tabs that brought a code which the first one had spent. */
  twins: number;
  /** The code was spent, and what became of it was lost with a process or a connection. */
  codeLost: number;
  codeExpired: number;
  /** Calls of `/register` beyond the first of a number. */
  registerRepeats: number;
  /** Answers to claims, and requests that had to go to the next node. */
  answers: number;
  unanswered: number;
  failures: Record<string, number>;
}

/** A disturbance may have been at work so long before and after what it broke, milliseconds. */
const margin = 5_000;

/** Life of a code, milliseconds. */
const codeLife = 30_000;

/**
 * Waits until nothing is left to do.
 *
 * @param hurried lets the waits after failures pass in the database, without the wait
 */
export async function settle(
  { disk }: NodesWorld,
  { hurried, ms = 120_000 }: { hurried: boolean; ms?: number },
): Promise<void> {
  let at = performance.now();
  let claims: ClaimOnDisk[] = [];
  await until(
    'all claims are final',
    async () => {
      if (hurried && performance.now() > at + 1_000) {
        at = performance.now();
        await disk.query('update signup_work set run_at = 0 where lease_until is null');
      }
      claims = await disk.claims();
      return claims.every(isFinal) && (await disk.work()).rows === 0;
    },
    { ms, every: 200 },
  ).catch(async (error: unknown) => {
    const open = claims.filter((claim) => !isFinal(claim));
    const work = await disk.query('select * from signup_work limit 5');
    throw new Error(
      `${String(error)}: ${open.length} of ${claims.length} are open, such as ` +
        `${JSON.stringify(open.slice(0, 3))}, with work ${JSON.stringify(work)}`,
      { cause: error },
    );
  });
}

/** Every promise about claims on several nodes. Call it when all claims are final. */
export async function expectNodesKeptPromises(world: NodesWorld, ledger: NodesLedger): Promise<NodesOutcome> {
  const { disk } = world;
  const claims = await disk.claims();
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  const outcome = { registered: 0, twins: 0, codeLost: 0, codeExpired: 0 };
  const registeredByCode = countBy(
    [...ledger.answered.values()].filter(({ id }) => byId.get(id)?.status === 'registered'),
    ({ code }) => code,
  );
  const tabs = countBy(ledger.answered.values(), ({ code }) => code);
  for (const answered of ledger.answered.values()) {
    const claim = byId.get(answered.id);
    expect(claim?.customer_id, `claim ${answered.id}, which was answered for`).toBe(answered.customerId);
    if (claim === undefined) continue;
    const kind = becameOf(world, answered, claim, {
      isTwin: (tabs.get(answered.code) ?? 0) > 1,
      registered: registeredByCode.get(answered.code) ?? 0,
    });
    outcome[kind] += 1;
  }
  for (const [, count] of registeredByCode) expect(count, 'claims registered with one code').toBe(1);
  expect(
    claims.filter(({ id }) => !ledger.answered.has(id)),
    'claims that nobody was answered for',
  ).toEqual([]);
  expect(await disk.sharedNumbers(), 'numbers with several live claims').toEqual([]);
  expect(await disk.work(), 'work that is left').toEqual({ rows: 0, leased: 0 });
  const registerRepeats = await expectRegistrations(world, claims);
  expectQuiet(world);
  const { answers, unanswered } = ledger;
  const failures = Object.fromEntries(ledger.failures);
  return { claims: claims.length, ...outcome, registerRepeats, answers, unanswered, failures };
}

/** Says how a claim ended, and that there is a reason for it. */
function becameOf(
  { disturbances }: NodesWorld,
  answered: ClaimOfNodes,
  claim: ClaimOnDisk,
  { isTwin, registered }: { isTwin: boolean; registered: number },
): 'registered' | 'twins' | 'codeLost' | 'codeExpired' {
  const { id, phoneNumberId, codeAt } = answered;
  if (claim.status === 'registered') {
    expect(claim.phone_number_id, `the number of claim ${id}`).toBe(phoneNumberId);
    return 'registered';
  }
  expect(claim.status, `claim ${id}: ${JSON.stringify(claim)}`).toBe('needs_signup');
  if (claim.reason_code === 'code_expired' || claim.reason_code === 'graph:100') {
    expect(claim.updated_at - codeAt, `age of the code of claim ${id}`).toBeGreaterThanOrEqual(codeLife);
    return 'codeExpired';
  }
  if (isTwin && registered === 1) {
    expect(claim.reason_code, `the second tab ${id}`).toBe('code_lost');
    return 'twins';
  }
  const lostAt = claim.code_used_at ?? claim.updated_at;
  expect(
    disturbances.filter(({ from, until: end }) => from - margin <= lostAt && lostAt <= end + margin),
    `what could have lost the code of claim ${id}: ${JSON.stringify(claim)}, ${JSON.stringify(disturbances)}`,
  ).not.toEqual([]);
  return 'codeLost';
}

/** No number is registered with two PINs, for two claims, or more often than it may. Returns the calls beyond the first. */
async function expectRegistrations(
  { sim, disk, pinsSent, codesSent }: NodesWorld,
  claims: readonly ClaimOnDisk[],
): Promise<number> {
  expect(new Set(codesSent).size, 'codes that were sent twice').toBe(codesSent.length);
  const kept = await disk.pins();
  for (const [number, hashes] of pinsSent) {
    expect([...hashes], `PINs that Meta heard for ${number}`).toEqual([kept.get(number)]);
  }
  const requests = sim.requests().filter(({ path }) => path.endsWith('/register'));
  expect(
    requests.filter(({ errorCode }) => errorCode === 133016),
    'numbers that Meta locked',
  ).toEqual([]);
  const calls = countBy(requests, ({ path }) => path);
  const attempts = await disk.attempts();
  for (const [path, count] of calls) {
    const [, number = ''] = path.split('/');
    const spent = attempts.get(number) ?? 0;
    expect(count, `calls of ${path}`).toBeLessThanOrEqual(registerBudget);
    expect(spent, `attempts of ${number} on disk, beside ${count} at Meta`).toBeGreaterThanOrEqual(count);
    expect(spent, `attempts of ${number}`).toBeLessThanOrEqual(registerBudget);
  }
  const here = claims.filter(({ status }) => status === 'registered').map((claim) => claim.phone_number_id);
  const atMeta = sim.state().phoneNumbers.filter(({ registeredAt }) => registeredAt !== undefined);
  expect(new Set(here)).toEqual(new Set(atMeta.map(({ id }) => id)));
  expect(new Set(here).size, 'numbers that are registered').toBe(here.length);
  return requests.length - calls.size;
}

/** Nobody ended by itself, nobody forgot a rejection, nobody wrote a secret down. */
export function expectQuiet(world: NodesWorld): void {
  const stderr = world.stderr();
  expect(
    world.ended().map((node) => node.stderr().slice(-2_000)),
    'nodes that ended by themselves',
  ).toEqual([]);
  expect(stderr).not.toMatch(/unhandled|uncaught|UnhandledPromise/i);
  // Stacks are not logged by the kit: one here comes from Node itself.
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  for (const secret of world.secrets) expect(stderr.includes(secret), 'a secret in a log').toBe(false);
  expect(stderr, 'a token in a log').not.toMatch(/EAA[A-Za-z0-9]{12}|eyJ[\w-]{12}/);
}
