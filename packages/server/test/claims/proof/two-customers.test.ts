import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLive } from '../../../src/domain/claim-transitions.ts';
import type { Claim } from '../../../src/ports/records.ts';
import {
  byText,
  inCase,
  ownNumbers,
  startWorld,
  tell,
  type ProblemBody,
  type World,
} from '../intake/support/world.ts';
import { begin, bodyOf, trial, type Begun, type Mixture, type Trial } from './support/mixture.ts';
import { expectedEnd, type Expected } from './support/oracle.ts';

const long = process.env['TEST_LONG'] === '1';
/** Trials of one to three claims each. */
const trials = long ? 10_000 : 120;
const batch = long ? 200 : 40;
const seed = 20_260_102;
/** For a machine that is busy with something else. */
const timeout = long ? 1_800_000 : 90_000;

interface Sent {
  begun: Begun;
  one: Mixture;
  id: string;
  expected: Expected;
  hint: string;
}

const other = { A: 'B', B: 'A' } as const;
const missing = '01890000-0000-7000-8000-000000000000';

/** Sends the claims of all trials, the first of each, then the second of each, with the worker in between. */
async function send(
  world: World,
  all: Begun[],
  targets: 'listed' | 'absent',
  first: number,
): Promise<Sent[]> {
  let last = 900_000_000_000_000;
  const random = () => String((last += 1));
  const sent: Sent[] = [];
  for (const turn of [0, 1, 2]) {
    for (const [index, begun] of all.entries()) {
      const one = begun.trial.claims[turn];
      const tab = begun.tabs[turn];
      if (one === undefined || tab === undefined) continue;
      const used = begun.trial.claims.slice(0, turn).some(({ code }) => code === one.code);
      const hint = `seed ${seed}, trial ${first + index}, claim ${turn}, targets ${targets}: ${JSON.stringify(begun.trial)}`;
      const { status, body } = await world.claim(tab, bodyOf(begun, one, random));
      expect({ hint, status }).toEqual({ hint, status: 202 });
      sent.push({ begun, one, id: body.claim.id, expected: expectedEnd(begun, one, used, targets), hint });
    }
    await world.signup.runDue();
  }
  await world.settle();
  return sent;
}

function checkEnd(claim: Claim, { begun, one, expected }: Sent): void {
  const { customers, popups } = begun;
  expect(claim.customerId).toBe(customers[one.session]);
  const end = `${claim.status} ${claim.reason?.code ?? ''}`.trim();
  expect([end, claim.status]).toContain(expected.end);
  const account = expected.account === undefined ? undefined : popups[expected.account].wabaId;
  const number = expected.number === undefined ? undefined : popups[expected.number].phoneNumberId;
  expect({ wabaId: claim.wabaId, numberSource: claim.numberSource }).toEqual({
    wabaId: account,
    numberSource: expected.source,
  });
  // The popup does not tell the id of a number that stays on the app; Meta's list does.
  if (number !== undefined || expected.number === undefined) {
    expect(claim.phoneNumberId).toBe(number);
  }
  const accepted = ['registered', 'coexistence'].includes(claim.status);
  expect(claim.provenAt !== undefined).toBe(accepted);
  expect(isLive(claim)).toBe(accepted);
  // Nothing of the other one's, unless the other one's own code was brought along.
  const theirs = popups[other[one.session]];
  if (one.code !== other[one.session]) {
    expect([claim.wabaId, claim.phoneNumberId].filter((id) => id !== undefined)).not.toContain(theirs.wabaId);
    if (theirs.phoneNumberId !== undefined) expect(claim.phoneNumberId).not.toBe(theirs.phoneNumberId);
  }
}

/** Whoever it is not gets the answer of a claim that does not exist. */
async function checkAnswers(world: World, { begun, one, id }: Sent): Promise<void> {
  const stranger = begun.customers[other[one.session]];
  const [own, theirs, none] = [
    await world.view(id, begun.customers[one.session]),
    await world.view<ProblemBody>(id, stranger),
    await world.view<ProblemBody>(missing, stranger),
  ];
  expect([own.status, own.body.claim.id]).toEqual([200, id]);
  expect(theirs.status).toBe(404);
  expect({ ...theirs, body: { ...theirs.body, requestId: '' } }).toEqual({
    ...none,
    body: { ...none.body, requestId: '' },
  });
}

/** What Meta was asked to do is what the claims that were accepted say, once each, and nothing else. */
async function checkWorld(world: World, records: Claim[]): Promise<void> {
  const live = records.filter(isLive);
  const numbers = live.map((claim) => claim.phoneNumberId);
  expect(new Set(numbers).size).toBe(numbers.length);
  const registered = new Set(
    records.filter(({ status }) => status === 'registered').map(({ phoneNumberId }) => phoneNumberId),
  );
  const { phoneNumbers, accounts } = world.sim.state();
  for (const { id, registerCalls } of phoneNumbers) {
    expect({ id, registerCalls }).toEqual({ id, registerCalls: registered.has(id) ? 1 : 0 });
  }
  const provenAccounts = new Set(live.map(({ wabaId }) => wabaId));
  const subscribed = accounts.filter((account) => account.subscribed).map(({ id }) => id);
  expect(subscribed.filter((id) => !provenAccounts.has(id))).toEqual([]);

  const byPoolNumber = new Map(live.map((claim) => [claim.poolNumberId, claim]));
  let cursor: string | undefined;
  do {
    const page = await world.signup.pool.list({ limit: 200, cursor });
    for (const number of page.items) {
      const owner = byPoolNumber.get(number.id);
      expect([number.claimId, number.claimedBy]).toEqual([owner?.id, owner?.customerId]);
      // Held and claimed at once would be two owners.
      if (owner !== undefined) expect(number.heldBy).toBeUndefined();
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** One batch of trials in a world of its own. Resolves to how many claims ended how. */
async function run(chosen: readonly Trial[], first: number, targets: 'listed' | 'absent'): Promise<string[]> {
  const ownNumber = ownNumbers();
  const spares = 2 * chosen.length;
  const world = await startWorld({
    numbers: 4 * chosen.length,
    seed: first + 1,
    assume: { tokenTargets: targets },
  });
  try {
    // All lapse at the same moment, and are then given in the order of their ids: the last ones are set aside for nobody.
    const pool = world.sim
      .state()
      .preverifiedNumbers.map(({ id }) => id)
      .toSorted();
    const free = pool.slice(-spares);
    const give = { ownNumber, spareNumber: () => free.pop() ?? '' };
    const begun: Begun[] = [];
    const opened = new Set<string>();
    for (const [index, one] of chosen.entries()) {
      const started = await begin(world, one, `trial-${first + index}`, give);
      for (const tab of started.tabs) for (const { id } of tab.numbers) opened.add(id);
      begun.push(started);
    }
    expect(pool.slice(-spares).filter((id) => opened.has(id))).toEqual([]);
    const sent = await send(world, begun, targets, first);
    for (const one of sent) {
      await inCase(one.hint, async () => {
        checkEnd(await world.record(one.id), one);
        await checkAnswers(world, one);
      });
    }
    const records = await world.records();
    expect(records).toHaveLength(sent.length);
    await checkWorld(world, records);
    return records.map((claim) => `${claim.status} ${claim.reason?.code ?? claim.numberSource}`);
  } finally {
    await world.close();
  }
}

describe(`two customers, and claims mixed from what each of them has (${trials} trials, seed ${seed})`, () => {
  it(
    'are accepted exactly when the token covers the account and the number is theirs to take',
    { timeout },
    async () => {
      const all = fc.sample(trial, { seed, numRuns: trials });
      const counts = new Map<string, number>();
      for (let first = 0; first < all.length; first += batch) {
        const targets = (first / batch) % 3 === 2 ? 'absent' : 'listed';
        for (const end of await run(all.slice(first, first + batch), first, targets)) {
          counts.set(end, (counts.get(end) ?? 0) + 1);
        }
      }
      const ends = Object.fromEntries([...counts].sort(([one], [two]) => byText(one, two)));
      tell('two customers', ends);
      // Each of these was met, so that none went untested.
      for (const end of [
        'registered pool',
        'registered own',
        'coexistence own',
        'no_number none',
        'needs_operator pool_number_of_another',
        'needs_operator account_unknown',
        'needs_signup code_missing',
        'needs_signup code_lost',
        'rejected account_not_granted',
        'rejected number_not_listed',
      ]) {
        expect(Object.keys(ends)).toContain(end);
      }
    },
  );
});
