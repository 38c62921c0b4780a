import { expect } from 'vitest';
import { registerBudget } from '../../../src/domain/durations.ts';
import { send, type AnsweredClaim, type Ledger } from './customer.ts';
import type { TortureWorld } from './torture-world.ts';
import { countBy, type ClaimOnDisk } from './what-is-on-disk.ts';

/** What a test knows of what it did to the claims. */
export interface Suffered {
  /** How often a host died, or stood still, while the claim was not final. */
  interruptions: ReadonlyMap<string, number>;
  /** Claims whose code a dead host had marked as used and whose token it had not kept. */
  codesKilled: ReadonlySet<string>;
}

/** Calls at Meta beyond the first, by kind. */
export interface Repeats {
  exchange: number;
  subscribe: number;
  register: number;
  reads: number;
}

/** What became of the claims. */
export interface Outcome {
  registered: number;
  codeLost: number;
  codeExpired: number;
  repeats: Repeats;
}

/** Whether nothing is left to do. `needs_signup` waits for a person, so it is final here. */
export function isFinal({ status }: ClaimOnDisk): boolean {
  return status === 'registered' || status === 'needs_signup';
}

/** A claim whose code was marked as used by a host that did not get to keep the token: nobody can exchange it again. */
export function lostItsCode(claim: ClaimOnDisk): boolean {
  return claim.status === 'received' && claim.code_used_at !== null && claim.sealed_token === null;
}

/** Life of a code, milliseconds. */
const codeLife = 30_000;

/** Why a claim needs another sign-up when Meta did not take its code. */
const refusedByMeta = 'graph:100';

/** Every promise of the kit about claims, against the disk and against Meta. Call it when all claims are final. */
export async function expectPromisesKept(
  world: TortureWorld,
  ledger: Ledger,
  { interruptions, codesKilled }: Suffered,
): Promise<Outcome> {
  const claims = await world.disk.claims();
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  await expectFound(world, [...ledger.answered.values()]);

  // Every customer's number is theirs, and nobody else's.
  const outcome = { registered: 0, codeLost: 0, codeExpired: 0 };
  for (const { id, customerId, phoneNumberId, codeAt } of ledger.answered.values()) {
    const claim = byId.get(id);
    expect(claim?.customer_id, `claim ${id}`).toBe(customerId);
    if (claim?.status === 'registered') {
      outcome.registered += 1;
      expect(claim.phone_number_id, `the number of claim ${id}`).toBe(phoneNumberId);
    } else if (claim?.reason_code === 'code_expired' || claim?.reason_code === refusedByMeta) {
      // The kit's word, or Meta's when the page delivered the code late.
      outcome.codeExpired += 1;
      expect(claim.updated_at - codeAt, `age of the code of claim ${id}`).toBeGreaterThanOrEqual(codeLife);
    } else {
      outcome.codeLost += 1;
      expect([claim?.status, claim?.reason_code], `claim ${id}`).toEqual(['needs_signup', 'code_lost']);
      expect(codesKilled, `claim ${id} says that its code got lost`).toContain(id);
    }
  }
  for (const id of codesKilled) {
    // PostgreSQL may carry out a commit that the host had sent before it was killed: the token is kept then after all.
    const after = world.engine === 'PostgreSQL' ? ['needs_signup', 'registered'] : ['needs_signup'];
    expect(after, `claim ${id}, whose code died`).toContain(byId.get(id)?.status);
  }
  expect(
    claims.filter(({ id }) => !ledger.answered.has(id)),
    'claims that nobody was answered for',
  ).toEqual([]);
  const owners = claims.filter(({ live }) => live === 1);
  expect(new Set(owners.map((claim) => claim.phone_number_id)).size, 'owners of numbers').toBe(owners.length);

  expectSameAtMeta(world, claims);
  await expectPinsKept(world);
  return { ...outcome, repeats: await expectBudgets(world, claims, interruptions) };
}

/** Nothing that was answered is lost. */
async function expectFound(world: TortureWorld, answered: readonly AnsweredClaim[]): Promise<void> {
  const url = await world.url();
  for (const { id, customerId } of answered) {
    const found = await send(`${url}/signup/claims/${id}`, {
      method: 'GET',
      headers: { 'x-customer': customerId },
    });
    expect(found.status, `claim ${id} was answered for; now it is ${found.text}`).toBe(200);
  }
}

/** What the kit says is registered is registered at Meta, and the other way round. */
function expectSameAtMeta({ sim }: TortureWorld, claims: readonly ClaimOnDisk[]): void {
  const atMeta = sim.state().phoneNumbers.filter(({ registeredAt }) => registeredAt !== undefined);
  const here = claims.filter(({ status }) => status === 'registered');
  expect(new Set(here.map((claim) => claim.phone_number_id))).toEqual(new Set(atMeta.map(({ id }) => id)));
}

/** Meta heard one PIN of each number, and it is the one on disk. */
async function expectPinsKept({ disk, pinsSent }: TortureWorld): Promise<void> {
  const kept = await disk.pins();
  for (const [number, hashes] of pinsSent) {
    expect([...hashes], `PINs that Meta heard for ${number}`).toEqual([kept.get(number)]);
  }
}

/** What Meta saw twice is bounded by how often a host died, and what costs is inside its limits. */
async function expectBudgets(
  { sim, disk, codesSent }: TortureWorld,
  claims: readonly ClaimOnDisk[],
  interruptions: ReadonlyMap<string, number>,
): Promise<Repeats> {
  const requests = sim.requests();
  expect(
    requests.filter(({ errorCode }) => errorCode === 133016),
    'numbers that Meta locked',
  ).toEqual([]);
  expect(new Set(codesSent).size, 'codes sent more than once').toBe(codesSent.length);
  const exchanges = requests.filter(({ path }) => path === '/oauth/access_token');
  expect(exchanges.length).toBeLessThanOrEqual(codesSent.length);
  // A host may be killed between Meta's refusal of an old code and writing it down: the code is lost then.
  const refused = exchanges.filter(({ errorCode }) => errorCode !== undefined).length;
  const known = claims.filter((claim) => claim.reason_code === refusedByMeta).length;
  const lost = claims.filter((claim) => claim.reason_code === 'code_lost').length;
  expect(refused, 'exchanges that Meta refused').toBeGreaterThanOrEqual(known);
  expect(refused, 'exchanges that Meta refused').toBeLessThanOrEqual(known + lost);

  // A call that a fault kept Meta from having may be made again, whatever else happened.
  const had = requests.filter(({ fault, done }) => fault === undefined || done === true);
  const calls = countBy(had, ({ method, path }) => `${method} ${path}`);
  const attempts = await disk.attempts();
  const toRegister = countBy(requests, ({ method, path }) => `${method} ${path}`);
  const suffered = new Map(
    claims.map((claim) => [claim.phone_number_id ?? '', interruptions.get(claim.id) ?? 0]),
  );
  for (const { id } of sim.state().phoneNumbers) {
    const register = `POST /${id}/register`;
    const spent = attempts.get(id) ?? 0;
    const made = calls.get(register) ?? 0;
    expect(made, `calls of ${register}`).toBeLessThanOrEqual(1 + (suffered.get(id) ?? 0));
    expect(spent, `attempts of ${id} on disk, beside those at Meta`).toBeGreaterThanOrEqual(
      toRegister.get(register) ?? 0,
    );
    expect(spent, `attempts of ${id}`).toBeLessThanOrEqual(registerBudget);
  }
  const beyondFirst = (matches: RegExp) =>
    [...calls].filter(([call]) => matches.test(call)).reduce((sum, [, count]) => sum + count - 1, 0);
  return {
    exchange: codesSent.length - new Set(codesSent).size,
    subscribe: beyondFirst(/^POST .*\/subscribed_apps$/),
    register: beyondFirst(/^POST .*\/register$/),
    reads: beyondFirst(/^GET \/\d+(\/phone_numbers)?$/),
  };
}
