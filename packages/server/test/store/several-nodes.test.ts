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
