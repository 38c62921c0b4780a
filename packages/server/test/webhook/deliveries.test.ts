import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { chanceOf } from '../support/chance.ts';
import { engines, openStore } from '../support/databases.ts';
import { envelope, partnerAdded, signatureOf, startIntake } from './support/intake.ts';
import {
  contentOf,
  cutIntoBodies,
  isActedOn,
  plainAccounts,
  reportedChanges,
  shuffled,
  type ReportedChange,
} from './support/plain-model.ts';
import { serve } from './support/raw-request.ts';

const isLong = process.env['TEST_LONG'] === '1';
const count = isLong ? 10_000 : 1_000;
const seed = Number(process.env['TEST_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 7));
/** Milliseconds; the machine may be busy with other tests. */
const patience = isLong ? 1_800_000 : 60_000;
const aLotOfChanges = 1_000_000;

/** Two nodes on one database, behind one address each. */
async function startNodes(address: string) {
  let now = t0;
  let fresh = 0;
  const stores: Store[] = [];
  const servers: Awaited<ReturnType<typeof serve>>[] = [];
  const agent = new Agent({ connections: 32, pipelining: 1 });
  for (let node = 0; node < 2; node += 1) {
    // Leases that are over at once: the state is read by them, more than once.
    const store = await openStore(address, 0);
    const intake = startIntake({
      now: () => now,
      async recordWebhook(input) {
        const answer = await store.recordWebhook(input);
        fresh += answer.fresh;
        return answer;
      },
    });
    stores.push(store);
    servers.push(await serve(intake.app));
  }
  const [store] = stores;
  if (store === undefined) throw new Error('no node');
  return {
    store,
    fresh: () => fresh,
    pass: (ms: number) => void (now += ms),
    now: () => now,
    /** Delivers bodies, some at once, to either node; each is acknowledged. */
    async deliver(bodies: readonly object[], atOnce = 32) {
      let next = 0;
      const work = async () => {
        while (next < bodies.length) {
          const n = next;
          next += 1;
          const text = JSON.stringify(bodies[n]);
          const answer = await request(`http://127.0.0.1:${servers[n % 2]?.port}/signup/webhook`, {
            method: 'POST',
            body: text,
            headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(text) },
            dispatcher: agent,
          });
          await answer.body.dump();
          expect(answer.statusCode, `seed ${seed}`).toBe(200);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
    async close() {
      await agent.destroy();
      for (const server of servers) await server.close();
      for (const one of stores) await one.close();
    },
  };
}

/** What is known of every account, in the words of the plain model. */
async function knownAccounts(store: Store) {
  const leases = await store.leaseAccounts({ now: t0 + 1_000 * day, limit: aLotOfChanges });
  return leases.map(({ wabaId, ownerBusinessId, addedAt, removedAt, removedNumbers }) => ({
    wabaId,
    ownerBusinessId,
    addedAt,
    removedAt,
    removedNumbers,
  }));
}

const byName = <T extends { wabaId: string; removedNumbers: { phoneNumber: string }[] }>(accounts: T[]) =>
  accounts
    .map((account) => ({
      ...account,
      removedNumbers: account.removedNumbers.toSorted((a, b) => a.phoneNumber.localeCompare(b.phoneNumber)),
    }))
    .toSorted((a, b) => a.wabaId.localeCompare(b.wabaId));

describe.each(engines)('on $name', ({ create }) => {
  it(
    `${count} webhooks, each delivered one to five times, shuffled, cut anew and some of them a week late, count once`,
    async () => {
      const chance = chanceOf(seed);
      const database = await create();
      const nodes = await startNodes(database.address);
      try {
        // Some twice the same from the start: Meta says nothing that could tell them apart.
        const changes = reportedChanges(chance, count, t0 - 7 * day);
        const repeated = (times: (change: ReportedChange) => number) =>
          changes.flatMap((change) => Array.from({ length: times(change) }, () => change));
        const first = shuffled(
          repeated(() => 1 + chance.below(5)),
          chance,
        );
        await nodes.deliver(cutIntoBodies(first, chance));
        const acted = new Set(changes.filter(isActedOn).map(contentOf));
        expect(nodes.fresh(), `seed ${seed}`).toBe(acted.size);

        nodes.pass(8 * day);
        const late = repeated(() => (chance.below(20) === 0 ? 1 : 0));
        await nodes.deliver(cutIntoBodies(shuffled(late, chance), chance));
        expect(late.length).toBeGreaterThan(count / 40);
        expect(nodes.fresh(), `seed ${seed}`).toBe(acted.size);

        const expected = byName(plainAccounts(changes));
        expect(byName(await knownAccounts(nodes.store)), `seed ${seed}`).toEqual(expected);

        // Remembered for thirty days; and what comes after that changes nothing either.
        const forget = () =>
          nodes.store.forgetHeard({ before: nodes.now() - 30 * day, limit: aLotOfChanges });
        nodes.pass(21 * day);
        expect(await forget()).toBe(0);
        nodes.pass(2 * day);
        expect(await forget()).toBe(acted.size);
        await nodes.deliver(cutIntoBodies(shuffled(changes, chance), chance));
        expect(nodes.fresh(), `seed ${seed}`).toBe(2 * acted.size);
        expect(byName(await knownAccounts(nodes.store)), `seed ${seed}`).toEqual(expected);
      } finally {
        await nodes.close();
        await database.drop();
      }
    },
    patience,
  );

  it('the same webhook to two nodes at the same moment counts once', async () => {
    const database = await create();
    const nodes = await startNodes(database.address);
    try {
      for (let round = 0; round < 10; round += 1) {
        const body = envelope('account_update', partnerAdded(String(10 ** 14 + round)));
        await nodes.deliver(Array.from({ length: 32 }, () => body));
      }
      const leases = await nodes.store.leaseAccounts({ now: t0 + day, limit: 100 });
      expect(leases.map(({ wakes }) => wakes)).toEqual(Array.from({ length: 10 }, () => 1));
      expect(await nodes.store.forgetHeard({ before: t0 + day, limit: 100 })).toBe(10);
    } finally {
      await nodes.close();
      await database.drop();
    }
  });
});
