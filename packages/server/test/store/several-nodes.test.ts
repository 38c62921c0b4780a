import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { incoming, poolNumber, proof, t0, wish } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

describe.each(engines)('several nodes on one $name database', ({ create }) => {
  let database: TestDatabase;
  let nodes: Store[] = [];
  const nodeOf = (n: number): Store => {
    const node = nodes[n % nodes.length];
    if (node === undefined) throw new Error('no nodes');
    return node;
  };

  beforeEach(async () => {
    database = await create();
    nodes = await Promise.all(Array.from({ length: 4 }, () => openStore(database.address)));
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  it('starts together: one migrates, the others find nothing left to do', () => {
    expect(nodes).toHaveLength(4);
  });

  it('hand no number out twice', async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => poolNumber(n));
    await nodeOf(0).mirrorPool({ numbers, now: t0, complete: true });
    const opened = await Promise.all(
      Array.from({ length: 64 }, (_, n) => nodeOf(n).openSession(wish(`customer-${n}`))),
    );
    const given = opened.flatMap((session) => session.numbers.map((number) => number.id));
    expect(new Set(given).size).toBe(given.length);
    expect(given).toHaveLength(40);
  });

  it('give a customer who comes by all of them at once one number', async () => {
    const numbers = Array.from({ length: 10 }, (_, n) => poolNumber(n));
    await nodeOf(0).mirrorPool({ numbers, now: t0, complete: true });
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, n) => nodeOf(n).openSession(wish('ada', { id: `session-${n}` }))),
    );
    expect(new Set(opened.flatMap((session) => session.numbers.map((number) => number.id))).size).toBe(1);
  });

  it('send nobody away with an error when everybody comes again at the end of all holds', async () => {
    // A node that gives back what others hold, and waits for what it holds itself, waits for a node that does the same.
    const numbers = Array.from({ length: 128 }, (_, n) => poolNumber(n));
    await nodeOf(0).mirrorPool({ numbers, now: t0, complete: true });
    for (let round = 0; round < 6; round += 1) {
      const now = t0 + round * 3_600_000;
      const later = { now, launchUntil: now + 3_600_000 };
      const opened = await Promise.all(
        Array.from({ length: 128 }, (_, n) =>
          nodeOf(n * 7 + round).openSession(wish(`customer-${n}`, later)),
        ),
      );
      const given = opened.flatMap((session) => session.numbers.map((number) => number.id));
      expect(new Set(given).size).toBe(given.length);
      expect(given.length).toBeGreaterThan(64);
    }
  });

  it('never both give a number and set it aside, when customers and operators come at once', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => poolNumber(n));
    for (let round = 0; round < 10; round += 1) {
      const now = t0 + round * 3_600_000;
      const later = { now, launchUntil: now + 3_600_000 };
      await nodeOf(round).mirrorPool({ numbers, now, complete: true });
      const [opened, withheld] = await Promise.all([
        Promise.all(
          numbers.map((_, n) => nodeOf(n + round).openSession(wish(`customer-${round}-${n}`, later))),
        ),
        Promise.all(
          numbers.map(({ id }, n) =>
            nodeOf(n).withholdNumber({ id, now, until: now + 3_600_000, force: false }),
          ),
        ),
      ]);
      const given = opened.flatMap((session) => session.numbers.map((number) => number.id));
      const aside = numbers.filter((_, n) => withheld[n]?.withheld === true).map(({ id }) => id);
      expect(new Set([...given, ...aside]).size).toBe(given.length + aside.length);
      expect(withheld.filter((said) => !said.withheld && said.why === 'held')).toHaveLength(given.length);
    }
  });

  it('spend a budget once between them, and hand one text in', async () => {
    await nodeOf(0).mirrorPool({ numbers: [poolNumber(1)], now: t0, complete: true });
    const call = { now: t0, phoneNumber: '+15550100001', numberId: '1000001', who: 'kit' };
    const budget = { window: 3_600_000, calls: 5, apart: 0 };
    const leaves = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        nodeOf(n).spendNumberCall({ ...call, kind: 'request_code', budget }),
      ),
    );
    expect(leaves.filter(({ allowed }) => allowed)).toHaveLength(5);
    for (let round = 0; round < 5; round += 1) {
      const sealed = `sealed-${round}`;
      await nodeOf(round).keepText({ id: '1000001', now: t0, since: t0, sealed });
      const spent = await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          nodeOf(n).spendText({ id: '1000001', opened: sealed, now: t0, budget: { ...budget, calls: 99 } }),
        ),
      );
      expect(spent.filter(({ allowed }) => allowed)).toHaveLength(1);
    }
    const codes = { phoneNumber: '+15550100001', kind: 'verify_code', limit: 100 } as const;
    expect(await nodeOf(0).listNumberCalls(codes)).toHaveLength(5);
  });

  it('tell the host once of what all of them see', async () => {
    const numbers = [poolNumber(1), poolNumber(2, { country: 'DE' })];
    await nodeOf(0).mirrorPool({ numbers, now: t0, complete: true });
    const number = { id: '1000001', now: t0, seen: poolNumber(1) };
    await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        await nodeOf(n).tellOfExpiry({ ...number, expiresAt: t0 + 1, stage: 3 });
        await nodeOf(n).tellOfUnverified({ ...number, droppedAt: t0 + 1 });
        // Two nodes may have their countries in another order.
        const levels = ['US', 'DE', 'BR', 'FR'].map((country) => ({ country, low: 2 }));
        await nodeOf(n).warnOfLowPool({
          now: t0,
          verifiedUntil: t0,
          levels: n % 2 === 0 ? levels : levels.toReversed(),
        });
      }),
    );
    const told = await nodeOf(0).leaseHostEvents({ now: t0, limit: 100 });
    expect(told.map(({ event }) => event.type).toSorted()).toEqual([
      'numberExpiring',
      'numberUnverified',
      ...Array.from({ length: 4 }, () => 'poolLow'),
    ]);
  });

  it('make one claim of a session whose halves arrive at different nodes at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `customer-${round}`;
      const halves = [
        { sealedCode: undefined, codeMark: undefined },
        { event: undefined, eventData: {} },
      ];
      const recorded = await Promise.all(
        [...halves, ...halves].map((half, n) =>
          nodeOf(n).recordClaim(incoming(name, { ...half, id: `${name}-${n}`, workId: `${name}-w${n}` })),
        ),
      );
      expect(new Set(recorded.map(({ claim }) => claim.id)).size).toBe(1);
      const claim = await nodeOf(round).findClaim(recorded[0]?.claim.id ?? '');
      expect(claim?.event).toBe('FINISH');
      expect(claim?.codeReceivedAt).toBe(t0);
    }
  });

  it('give each row of work to one node, and each number one owner', async () => {
    for (let n = 0; n < 12; n += 1) await nodeOf(n).recordClaim(incoming(`customer-${n}`));
    const leases = (await Promise.all(nodes.map((node) => node.leaseWork({ now: t0, limit: 12 })))).flat();
    expect(new Set(leases.map((lease) => lease.workId)).size).toBe(12);
    expect(leases).toHaveLength(12);

    const outcomes = await Promise.all(leases.map((lease, n) => proof(nodeOf(n), lease, '777')));
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'number_taken')).toHaveLength(11);
  });
});
