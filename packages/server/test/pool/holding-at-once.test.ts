import { afterEach, describe, expect, it } from 'vitest';
import type { PoolNumber } from '../../src/domain/pool-number.ts';
import type { OpenSession } from '../../src/ports/intake.ts';
import type { PoolRecord } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
import { incoming, t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf, type Chance } from '../support/chance.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { HoldingBook, numberOf } from './support/holding-book.ts';

const isLong = process.env['TEST_LONG'] === '1';
const rounds = isLong ? 200 : 8;
const seed = Number(process.env['TEST_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 11));
const holders = 64;
const nodesAtOnce = 3;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const open: { stores: Store[]; database: TestDatabase }[] = [];
afterEach(async () => {
  for (const { stores, database } of open.splice(0)) {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  }
});

/** Customers, an operator and a sweep on several nodes, and what all of them were told. */
class Crowd {
  readonly book = new HoldingBook(t0);
  /** The customer in each place: one who has claimed a number makes room for the next. */
  private readonly customers = Array.from({ length: holders }, (_, place) => ({ place, turn: 0 }));
  private readonly nodes: readonly Store[];
  private readonly size: number;
  private readonly chance: Chance;
  private added: number;

  constructor(nodes: readonly Store[], size: number, chance: Chance) {
    this.nodes = nodes;
    this.size = size;
    this.chance = chance;
    this.added = size;
  }

  private node(): Store {
    const node = this.nodes[this.chance.below(this.nodes.length)];
    if (node === undefined) throw new Error('no nodes');
    return node;
  }

  async fill(): Promise<void> {
    const numbers = Array.from({ length: this.size }, (_, n) => numberOf(n, t0));
    for (const number of numbers) this.book.add(number);
    await this.node().mirrorPool({ numbers, now: t0, complete: true });
  }

  /** Between two rounds: time passes, Meta verifies, numbers leave the pool and come back. */
  async pass(): Promise<void> {
    const { book, chance } = this;
    book.now += chance.of([1, 5 * minute, 11 * minute, 25 * minute, 61 * minute]);
    const news: PoolNumber[] = [];
    for (const entry of book.entries.values()) {
      const ends = entry.number.verificationExpiresAt;
      // Some are verified in time, others too late.
      if (ends !== undefined && ends < book.now + 20 * hour && chance.below(5) === 0) {
        entry.number = { ...entry.number, verificationExpiresAt: book.now + (30 + chance.below(60)) * hour };
        entry.isGone = false;
        news.push(entry.number);
        continue;
      }
      if (chance.below(200) > 0 || entry.claimedBy !== undefined) continue;
      entry.isGone = !entry.isGone;
      if (entry.isGone) await this.node().markNumberGone({ id: entry.number.id, now: book.now });
      else news.push(entry.number);
    }
    await this.node().mirrorPool({ numbers: news, now: book.now, complete: false });
  }

  /** Everybody at once. */
  async round(): Promise<void> {
    await Promise.all([
      ...this.customers.map((customer) => this.comeBy(customer)),
      this.sweep(),
      this.withhold(),
      this.addNumbers(),
    ]);
  }

  private wish({ place, turn }: { place: number; turn: number }): OpenSession {
    const { now } = this.book;
    const id = `customer-${place}-${turn}`;
    return {
      id: `session-of-${id}-${this.chance.below(3)}`,
      customerId: id,
      // Most have one wish and keep it.
      country: this.chance.below(8) === 0 ? this.chance.of(['US', 'DE', 'FR']) : undefined,
      wanted: place % 5 === 0 ? 2 : 1,
      now,
      launchUntil: now + hour,
      claimUntil: now + day,
      verifiedUntil: now + hour + day,
    };
  }

  private async openSession(wish: OpenSession): Promise<string[]> {
    const { numbers } = await this.node().openSession(wish);
    const ids = numbers.map(({ id }) => id);
    this.book.write(wish, ids);
    return ids;
  }

  private async comeBy(customer: { place: number; turn: number }): Promise<void> {
    const { book, chance } = this;
    // Some tabs are idle.
    if (chance.below(5) === 0) return;
    const wish = this.wish(customer);
    const ids = await this.openSession(wish);
    for (let again = chance.below(3); again > 0; again -= 1) await this.openSession(wish);
    const what = chance.below(20);
    if (what < 4) {
      const holdUntil = book.now + 10 * minute;
      await this.node().recordSessionEvent({
        id: `${wish.id}-${book.now}`,
        sessionId: wish.id,
        at: book.now,
        event: 'CANCEL',
        step: undefined,
        errorCode: undefined,
        errorMessage: undefined,
        metaSessionId: undefined,
        holdUntil,
      });
      book.cancel(wish.id, holdUntil);
    } else if (what === 4 && ids[0] !== undefined) {
      await this.claim(wish, ids[0]);
      customer.turn += 1;
    }
  }

  private async claim(wish: OpenSession, poolNumberId: string): Promise<void> {
    const { now } = this.book;
    const node = this.node();
    const { claim } = await node.recordClaim(
      incoming(wish.customerId, { sessionId: wish.id, codeMark: wish.id, now, runAt: now }),
    );
    const [lease] = await node.leaseWork({ now, limit: 1, claimId: claim.id });
    if (lease === undefined) throw new Error(`the work of ${claim.id} could not be leased`);
    const saved = await node.finishStep({
      lease,
      now,
      event: 'proven',
      patch: {
        phoneNumberId: `7${poolNumberId}`,
        wabaId: `8${poolNumberId}`,
        provenAt: now,
        numberSource: 'pool',
        poolNumberId,
      },
      next: { do: 'done' },
    });
    if (saved !== 'saved') throw new Error(`${wish.customerId} claims ${poolNumberId}: ${saved}`);
    this.book.claim(poolNumberId, wish.customerId);
  }

  private async sweep(): Promise<void> {
    await this.node().releaseHolds({ now: this.book.now, limit: this.chance.below(40) });
  }

  private async withhold(): Promise<void> {
    const { book, chance } = this;
    if (chance.below(4) > 0) return;
    const id = [...book.entries.keys()][chance.below(book.entries.size)] ?? '';
    const until = book.now + 5 * minute;
    const said = await this.node().withholdNumber({ id, now: book.now, until, force: false });
    if (!said.withheld) return;
    const entry = book.entry(id);
    if (book.isHeld(entry) && entry.holder !== '')
      throw new Error(`${id} is held for ${entry.holder}, and was set aside for nobody`);
    Object.assign(entry, { holder: '', session: undefined, until });
  }

  /** The pool stays as large as it is, however many are claimed. */
  private async addNumbers(): Promise<void> {
    const { book } = this;
    const numbers: PoolNumber[] = [];
    while (this.added < this.size + book.claimed) {
      const number = numberOf(this.added, book.now);
      this.added += 1;
      book.add(number);
      numbers.push(number);
    }
    await this.node().mirrorPool({ numbers, now: book.now, complete: false });
  }

  async pool(): Promise<PoolRecord[]> {
    const all: PoolRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.node().listPool({ limit: 1_000, cursor });
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  }

  /** All holds end, all verifications are made anew: resolves to what two customers who want everything are given then. */
  async end(): Promise<{ expected: string[]; first: string[]; second: string[] }> {
    const { book } = this;
    book.now += 2 * day;
    const free = [...book.entries.values()].filter(
      ({ claimedBy, isGone }) => claimedBy === undefined && !isGone,
    );
    const numbers = free.map(({ number }) => ({ ...number, verificationExpiresAt: book.now + 90 * day }));
    await this.node().mirrorPool({ numbers, now: book.now, complete: false });
    for (const { number } of free)
      book.entry(number.id).number = { ...number, verificationExpiresAt: book.now + 90 * day };
    while ((await this.node().releaseHolds({ now: book.now, limit: 7 })) > 0);
    const wish = { ...this.wish({ place: 0, turn: 10_000 }), country: undefined, wanted: book.entries.size };
    const first = await this.openSession(wish);
    const second = await this.openSession({ ...wish, id: 'of-another', customerId: 'another' });
    return { expected: free.map(({ number }) => number.id), first, second };
  }
}

describe.each(engines)('64 customers at once at three nodes on $name', ({ name, create }) => {
  it.each([1, 10, 1_000])(
    'are given no number twice and lose none, in a pool of %i',
    async (size) => {
      const database = await create();
      const stores = await Promise.all(
        Array.from({ length: nodesAtOnce }, () => openStore(database.address)),
      );
      open.push({ stores, database });
      const crowd = new Crowd(stores, size, chanceOf(seed + size));
      await crowd.fill();
      let inVain = 0;
      for (let round = 0; round < rounds; round += 1) {
        await crowd.round().catch((cause: unknown) => {
          throw new Error(`seed ${seed}, round ${round}: ${String(cause)}`, { cause });
        });
        const differences = crowd.book.differences(await crowd.pool());
        expect(differences, `seed ${seed}, round ${round}`).toEqual([]);
        inVain += crowd.book.inVain();
        await crowd.pass();
      }
      const { expected, first, second } = await crowd.end();
      expect(first.toSorted(), `seed ${seed}`).toEqual(expected.toSorted());
      expect(second, `seed ${seed}`).toEqual([]);
      const { given, sentAway, claimed } = crowd.book;
      // A hold lasts an hour, and little time passes in few rounds.
      expect(given, `seed ${seed}`).toBeGreaterThan(isLong ? rounds / 2 : 0);
      // PostgreSQL looks past a number that another transaction has locked for a moment.
      if (name === 'SQLite') expect(inVain, `seed ${seed}`).toBe(0);
      if (isLong)
        process.stdout.write(
          `${name}, ${size} numbers, ${rounds} rounds, seed ${seed}: given ${given} times, ${sentAway} sent away (${inVain} of them though a number was free), ${claimed} claimed\n`,
        );
    },
    isLong ? 1_800_000 : 60_000,
  );
});
