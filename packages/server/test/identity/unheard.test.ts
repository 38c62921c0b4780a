import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nobody, type CustomerIdentity, type IdentityEvidence } from '../../src/domain/customer-identity.ts';
import { changeIdOf } from '../../src/ports/change-id.ts';
import type { HostEventDestination } from '../../src/ports/host-events.ts';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { startIdentityHost } from './support/identity-host.ts';
import { failedStatus, guide, incomingMessage } from './support/guide-webhooks.ts';
import { openNode, type Node } from './support/two-kinds-of-nodes.ts';

const second = 1000;
const customer = { phoneNumberId: '777', waId: '5511987654321' };

const seen = (hash: string, at: number, waId = customer.waId): IdentityEvidence => ({
  kind: 'seen',
  ...customer,
  waId,
  hash,
  at: t0 + at * second,
  messageId: `wamid.${hash}.${at}`,
});
const refused = (at: number, waId = customer.waId): IdentityEvidence => ({
  kind: 'mismatch',
  ...customer,
  waId,
  at: t0 + at * second,
  messageId: `wamid.refused.${at}`,
});

/** The id of a change of somebody of whom this is known. */
const idOf = (known: Partial<CustomerIdentity>) => changeIdOf(customer, { ...nobody, ...known });

describe.each(engines)('a change that is noted where nobody hears of it, on $name', ({ createMigrated }) => {
  let database: TestDatabase;
  let nodes: Node[] = [];
  const open = (...destinations: HostEventDestination[]): Store => {
    const node = openNode(database.address, destinations);
    nodes.push(node);
    return node.store;
  };
  let deaf: Store;
  let hearing: Store;
  beforeEach(async () => {
    database = await createMigrated();
    nodes = [];
    deaf = open();
    hearing = open('handler');
  });
  afterEach(async () => {
    await Promise.all(nodes.map(({ store }) => store.close()));
    await database.drop();
  });

  const hear = (store: Store, ...evidence: IdentityEvidence[]) =>
    store.recordIdentities({ now: t0, evidence });
  const tell = (store: Store) => store.tellOfUnheardChanges({ now: t0 + 60 * second, limit: 100 });
  /** What the host is told from here on. */
  const told = async (): Promise<unknown[]> => {
    const leases = await hearing.leaseHostEvents({ now: t0 + 60 * second, limit: 1_000 });
    for (const lease of leases) await hearing.finishHostEvent({ lease, now: t0, end: { do: 'delivered' } });
    return leases.map(({ event: { type, data } }) => ({ type, data }));
  };

  it('is told once by a node that hears, in the words in which that node would have told it then', async () => {
    // Another spelling comes later: what is told is what was heard with the change.
    const all = [seen('a', 10), seen('b', 20), refused(30), seen('c', 40, '551187654321')];
    for (const one of all) await hear(deaf, one);
    expect(await told()).toEqual([]);
    expect(await tell(hearing)).toBe(1);
    expect(await tell(hearing)).toBe(0);
    const late = await told();
    expect(late).toEqual([
      {
        type: 'identityChanged',
        data: {
          ...customer,
          how: 'new_hash',
          messageId: 'wamid.b.20',
          changedAt: new Date(t0 + 20 * second).toISOString(),
          changeId: idOf({
            seen: { hash: 'b', at: t0 + 20 * second, messageId: '' },
            otherAt: t0 + 10 * second,
          }),
        },
      },
    ]);

    await hearing.forgetIdentity({ ...customer, now: t0, who: 'ann' });
    for (const one of all) await hear(hearing, one);
    expect(await told()).toEqual(late);
  });

  it('is told once when several nodes look at once, and others hear of the customer again', async () => {
    const others = [open('handler'), open('handler')];
    const waIds = Array.from({ length: 300 }, (_, n) => String(4_915_100_000_000 + n));
    await hear(deaf, ...waIds.flatMap((waId) => [seen('a', 10, waId), seen('b', 20, waId)]));
    const rounds = [hearing, ...others, hearing, ...others].map(async (node, n) => {
      await hear(node, ...waIds.map((waId) => refused(30 + n, waId)));
      return tell(node);
    });
    await Promise.all(rounds);
    for (let round = 0; round < 5; round += 1) await tell(hearing);
    const names = (await told()).map((event) => (event as { data: { waId: string } }).data.waId);
    expect(names.toSorted()).toEqual(waIds);
  });

  it('is not told by a node where nobody hears either: it does not even look', async () => {
    await hear(deaf, seen('a', 10), seen('b', 20));
    const looks = nodes[0]?.looks();
    expect(looks).toBeGreaterThan(0);
    expect(await tell(deaf)).toBe(0);
    expect(nodes[0]?.looks()).toBe(looks);
    expect(await tell(hearing)).toBe(1);
  });

  it('is not told once the host has vouched for the customer, or has had them forgotten', async () => {
    const other = '16505551234';
    await hear(deaf, seen('a', 10), seen('b', 20), seen('a', 10, other), refused(20, other));
    await hearing.trustIdentity({ ...customer, now: t0 + 50 * second, who: 'ann' });
    await deaf.forgetIdentity({ ...customer, waId: other, now: t0, who: 'ann' });
    expect(await tell(hearing)).toBe(0);
    expect(await told()).toEqual([]);
    // The next one is told again.
    await hear(deaf, seen('c', 30));
    expect(await tell(hearing)).toBe(1);
    expect(await told()).toMatchObject([{ data: { messageId: 'wamid.c.30' } }]);
  });

  it('stays untold where the host vouches for another change than is known', async () => {
    await hear(deaf, seen('a', 10), seen('b', 20));
    const another = idOf({ seen: { hash: 'a', at: t0 + 10 * second, messageId: '' } });
    const vouched = { ...customer, now: t0, who: 'ann', changeId: another };
    expect((await hearing.trustIdentity(vouched)).outcome).toBe('another_change');
    expect(await tell(hearing)).toBe(1);
  });

  it('is told in the commit that says so: a commit that fails leaves it for the next look', async () => {
    await hear(deaf, seen('a', 10), seen('b', 20));
    const failing = openNode(database.address, ['handler'], (engine) => ({
      ...engine,
      write: (act) =>
        engine.write(async (trx) => {
          await act(trx);
          throw new Error('the power goes');
        }),
    }));
    nodes.push(failing);
    await expect(tell(failing.store)).rejects.toThrow('the power goes');
    expect(await told()).toEqual([]);
    expect(await tell(hearing)).toBe(1);
    expect(await told()).toHaveLength(1);
  });

  it('is told in rounds, when there are many', async () => {
    for (let n = 0; n < 7; n += 1) {
      await hear(deaf, seen('a', 10, `1650555000${n}`), refused(20, `1650555000${n}`));
    }
    const round = () => hearing.tellOfUnheardChanges({ now: t0, limit: 3 });
    expect([await round(), await round(), await round(), await round()]).toEqual([3, 3, 1, 0]);
    expect(await told()).toHaveLength(7);
  });

  it('does not come back with a change that a node told which hears', async () => {
    await hear(hearing, seen('a', 10), refused(20));
    await hear(deaf, refused(30), seen('b', 40));
    expect(await tell(hearing)).toBe(0);
    expect(await told()).toHaveLength(1);
  });
});

describe('a host that hears of changed identities', () => {
  it('is told within a round of what came to a process of its own that has no handler', async () => {
    const web = await startIdentityHost({ on: {} });
    const worker = await startIdentityHost({ database: web.database.address, meta: web.sim.meta });
    try {
      const { wabaId, phoneNumberId, phoneNumber } = guide;
      await web.signup.claims.import(
        [{ customerId: 'lucky-shrub', wabaId, phoneNumberId, phoneNumber }],
        'ann',
      );
      await web.post(incomingMessage);
      await web.post(failedStatus);
      await web.settle();
      await web.settle();
      expect(worker.told).toEqual([]);
      await worker.signup.runDue();
      expect(worker.told).toMatchObject([
        {
          type: 'identityChanged',
          data: { waId: guide.waId, how: 'mismatch', changeId: expect.any(String) },
        },
      ]);
      await worker.signup.runDue();
      await web.post(failedStatus);
      await worker.signup.runDue();
      expect(worker.told).toHaveLength(1);
    } finally {
      await worker.close();
      await web.close();
    }
  });
});
