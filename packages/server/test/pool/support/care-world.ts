import { afterEach, beforeEach } from 'vitest';
import { day, hour, minute } from '../../../src/domain/durations.ts';
import { careForNumbers } from '../../../src/pool/care-for-numbers.ts';
import { keepFresh, type RequestCode } from '../../../src/pool/keep-fresh.ts';
import type { PoolNumber } from '../../../src/domain/pool-number.ts';
import type { HostEventDestination } from '../../../src/ports/host-events.ts';
import type { Store } from '../../../src/ports/store.ts';
import { poolNumber, t0 } from '../../../src/testing/contract/contract-case.ts';
import { openStore, type TestDatabase } from '../../support/databases.ts';

/** The portfolio that the contract's numbers belong to. */
export const us = '2000';

/** One node: its store, and its care with or without texts. */
export interface CareNode {
  store: Store;
  care: () => Promise<void>;
}

/** A pool on a database, a clock, and a Meta that sends codes as a test says. */
export interface CareWorld {
  now: number;
  closing: AbortController;
  log: string[];
  /** Ids of numbers for which a code was asked, in order. */
  asked: string[];
  /** What Meta does about a request; throws to refuse. */
  meta: (id: string) => Promise<void> | void;
  /** `destinations`: where the host hears of events; empty for a node that has nobody to tell. */
  node(options?: {
    texts?: boolean;
    store?: Partial<Store>;
    destinations?: readonly HostEventDestination[];
  }): Promise<CareNode>;
  /** A number that was never verified, as Meta lists it. */
  added(n: number, over?: Partial<PoolNumber>): PoolNumber;
  /** A number that is verified for so many days from now on. */
  verified(n: number, days: number, over?: Partial<PoolNumber>): PoolNumber;
  mirror(store: Store, numbers: PoolNumber[]): Promise<void>;
  /** What the host is told, as `type phone-number stage or days`, taken from the outbox. */
  told(store: Store): Promise<string[]>;
}

/** Makes a world for each test. */
export function careWorld(create: () => Promise<TestDatabase>): CareWorld {
  let database: TestDatabase;
  const stores: Store[] = [];
  const world: CareWorld = {
    now: t0,
    closing: new AbortController(),
    log: [],
    asked: [],
    meta: () => undefined,
    async node({ texts = false, store: over = {}, destinations } = {}) {
      const real = await openStore(database.address, undefined, destinations);
      stores.push(real);
      const store = { ...real, ...over };
      const clock = { now: () => world.now };
      const note = (message: string, facts?: object) =>
        void world.log.push(JSON.stringify({ message, ...facts }));
      const logger = { debug: note, info: note, warn: note, error: note };
      const requestCode: RequestCode = async (id, who, { method }) => {
        const number = await store.findNumber(id);
        if (number === undefined) throw new Error(`no number ${id}`);
        const leave = await store.spendNumberCall({
          now: world.now,
          phoneNumber: number.phoneNumber,
          numberId: id,
          kind: 'request_code',
          who,
          method,
          budget: { window: 12 * hour, calls: 6, apart: minute },
        });
        if (!leave.allowed) throw new Error(`no leave: ${leave.why}`);
        world.asked.push(id);
        await world.meta(id);
        await store.endNumberCall({ callId: leave.callId, outcome: 'done' });
      };
      const fresh = { store, clock, logger, requestCode, businessId: us, language: 'en_US' };
      const care = careForNumbers({
        store,
        clock,
        logger,
        businessId: us,
        keepFresh: texts ? keepFresh(fresh) : undefined,
        signal: world.closing.signal,
      });
      return { store, care };
    },
    added: (n, over = {}) =>
      poolNumber(n, {
        verificationStatus: 'NOT_VERIFIED',
        verifiedAt: undefined,
        verificationExpiresAt: undefined,
        ...over,
      }),
    verified: (n, days, over = {}) =>
      poolNumber(n, { verifiedAt: world.now, verificationExpiresAt: world.now + days * day, ...over }),
    async mirror(store, numbers) {
      await store.mirrorPool({ numbers, now: world.now, complete: true });
    },
    async told(store) {
      const leases = await store.leaseHostEvents({ now: world.now, limit: 1_000 });
      const lines: string[] = [];
      for (const lease of leases) {
        await store.finishHostEvent({ lease, now: world.now, end: { do: 'delivered' } });
        const { number, stage, daysLeft } = lease.event.data as {
          number: { id: string };
          stage?: number;
          daysLeft: number;
        };
        lines.push(
          [lease.event.type, number.id, stage, daysLeft].filter((part) => part !== undefined).join(' '),
        );
      }
      return lines.sort();
    },
  };
  beforeEach(async () => {
    database = await create();
    Object.assign(world, {
      now: t0,
      closing: new AbortController(),
      log: [],
      asked: [],
      meta: () => undefined,
    });
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await database.drop();
  });
  return world;
}
