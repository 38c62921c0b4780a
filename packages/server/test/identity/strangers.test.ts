import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityStanding, nobody, type IdentityEvidence } from '../../src/domain/customer-identity.ts';
import { changeIdOf } from '../../src/ports/change-id.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const isLong = process.env['TEST_LONG'] === '1';
const seed = Number(process.env['TEST_SEED'] ?? 20_261_121);
const day = 86_400_000;

/** A change that the host was told of, or looked up; with what it means there and then. */
interface Change {
  id: string;
  /** The newest hash then. */
  hash: string | undefined;
  /** How often somebody had vouched by then. */
  vouched: number;
}

/**
 * One customer's number, which changes hands again and again, while webhooks and texts come late and in any order, Meta repeats
 * them, our clock says anything, and people of the host vouch with ids new and old. Answers with what must not be, if it was.
 */
async function live(store: Store, waId: string, chance: ReturnType<typeof chanceOf>): Promise<string[]> {
  const customer = { phoneNumberId: '777', waId };
  const log: string[] = [];
  const wrong: string[] = [];
  const say = (line: string) => void log.push(line);
  const fail = (what: string) => void wrong.push(`${what}\n  ${log.join('\n  ')}`);
  let at = t0;
  let owners = 0;
  let messages = 0;
  let vouched = 0;
  let clock = 0;
  const owner = () => `hash-${owners}`;
  const messageId = () => `wamid.${(messages += 1)}`;
  /** Whom the host has vouched for, and who is taken for the customer by what the documents say. */
  const theirs = new Set([owner()]);
  let isNextTheirs = true;
  let webhooks: IdentityEvidence[] = [];
  const past: IdentityEvidence[] = [];
  const texts: string[] = [];
  const changes: Change[] = [];
  const find = async () => (await store.findIdentity(customer)) ?? nobody;
  const writes = () => {
    say(`${owner()} writes`);
    webhooks.push({ kind: 'seen', ...customer, hash: owner(), at, messageId: messageId() });
  };
  const hear = async (one: IdentityEvidence) => {
    past.push(one);
    await store.recordIdentities({ now: t0, evidence: [one] });
    const identity = await find();
    const standing = identityStanding(identity);
    say(`heard ${one.kind} of ${one.kind === 'seen' ? one.hash : one.messageId}: ${standing.standing}`);
    if (standing.standing === 'known' && isNextTheirs) {
      theirs.add(standing.hash);
      isNextTheirs = false;
    }
    const [lease] = await store.leaseHostEvents({ now: t0, limit: 1 });
    if (lease !== undefined) {
      await store.finishHostEvent({ lease, now: t0, end: { do: 'delivered' } });
      changes.push({ id: String(lease.event.data['changeId']), hash: identity.seen?.hash, vouched });
    } else if (standing.standing === 'changed' && chance.below(3) === 0) {
      changes.push({ id: changeIdOf(customer, identity), hash: identity.seen?.hash, vouched });
    }
    if (standing.standing === 'changed' && !changes.some((change) => change.vouched === vouched)) {
      fail('changed, and nobody was told');
    }
  };
  const arrive = (hash: string) => {
    if (hash === '') webhooks.push({ kind: 'seen', ...customer, hash: owner(), at, messageId: messageId() });
    else if (hash !== owner()) {
      say(`a text with ${hash} is refused`);
      const refused = { kind: 'mismatch' as const, ...customer, messageId: messageId() };
      const isUndated = chance.below(8) === 0;
      webhooks.push(isUndated ? { ...refused, at: at - 2 * day, undated: true } : { ...refused, at });
    } else {
      say(`a text with ${hash} is delivered`);
      if (!theirs.has(hash)) fail('a verified text reached a stranger');
    }
  };
  const vouch = async (change: Change) => {
    // It names this call, so that one that changed nothing is told apart.
    clock += 1;
    const now = t0 + chance.of([-2 * day, -15_000, 0, 15_000, day]) + clock;
    const end = await store.trustIdentity({ ...customer, now, who: 'ann', changeId: change.id });
    if (end.outcome === 'another_change') return;
    const standing = identityStanding(end.identity);
    const isNew = end.identity.trustedAt === now;
    say(`${isNew ? 'vouched' : 'done already'} for ${change.hash}: ${standing.standing}`);
    if (isNew) {
      if (change.vouched !== vouched) fail('an old id vouched for a later change');
      vouched += 1;
      isNextTheirs = standing.standing === 'unknown';
      if (standing.standing === 'known') {
        if (standing.hash !== change.hash) fail('vouched for another hash than was named');
        theirs.add(standing.hash);
      }
    } else if (standing.standing === 'changed' || change.vouched !== vouched - 1) {
      fail('an old id counts as done');
    }
    texts.push(standing.standing === 'known' ? standing.hash : '');
  };
  const takeOne = <T>(all: T[]): T[] => all.splice(chance.below(all.length || 1), 1);

  writes();
  for (const one of webhooks.splice(0)) await hear(one);
  for (let step = 0; step < 40; step += 1) {
    at += chance.of([0, 1, 1, 2, 5, 30]) * 1000;
    const what = chance.below(20);
    if (what < 2) {
      owners += 1;
      say(`${owner()} has the number`);
    } else if (what < 5) writes();
    else if (what < 8) {
      const standing = identityStanding(await find());
      if (standing.standing === 'known') texts.push(standing.hash);
    } else if (what === 8) texts.push('');
    else if (what < 12) takeOne(texts).forEach(arrive);
    else if (what < 16) for (const one of takeOne(webhooks)) await hear(one);
    else if (what === 16) await hear(pick(past, chance.below(past.length)));
    else if (changes.length > 0)
      await vouch(pick(changes, chance.below(2) === 0 ? undefined : chance.below(changes.length)));
  }
  at += 1000;
  texts.forEach(arrive);
  while (webhooks.length > 0) for (const one of takeOne(webhooks)) await hear(one);
  const standing = identityStanding(await find());
  if (standing.standing !== 'known') return wrong;
  if (!theirs.has(standing.hash)) fail('a stranger is known');
  // And whoever comes next is told of with the first text.
  owners += 1;
  at += 1000;
  webhooks = [];
  arrive(standing.hash);
  for (const one of webhooks) await hear(one);
  if (identityStanding(await find()).standing !== 'changed') fail('a refusal was told to nobody');
  return wrong;
}

/** Any of them, or the last one. */
function pick<T>(all: readonly T[], n = all.length - 1): T {
  const one = all[n];
  if (one === undefined) throw new Error('there is none');
  return one;
}

describe.each(engines)(
  'a number that strangers take again and again, on $name',
  ({ name, createMigrated }) => {
    let database: TestDatabase;
    let store: Store;
    beforeEach(async () => {
      database = await createMigrated();
      store = await openStore(database.address);
    });
    afterEach(async () => {
      await store.close();
      await database.drop();
    });

    it(`brings them no verified text, and each change is told (seed ${seed})`, async () => {
      const chance = chanceOf(seed);
      const lives = (name === 'SQLite' ? 100 : 25) * (isLong ? 50 : 1);
      for (let n = 0; n < lives; n += 1) {
        expect(await live(store, String(4_915_100_000_000 + n), chance), `seed ${seed}`).toEqual([]);
      }
    }, 600_000);
  },
);
