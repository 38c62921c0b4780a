import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numberCallBudgets } from '../../../src/domain/number-call-budgets.ts';
import type { Store } from '../../../src/ports/store.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../../support/databases.ts';

let database: TestDatabase;
let nodes: Store[] = [];

/** What runs on one node after the other: each call on the next. */
const onNodes = <Result>(times: number, call: (store: Store, index: number) => Promise<Result>) =>
  Promise.all(
    Array.from({ length: times }, (_, index) => {
      const node = nodes[index % nodes.length];
      if (node === undefined) throw new Error('no node');
      return call(node, index);
    }),
  );

const isolations = ['read committed', 'repeatable read', 'serializable'];

describe.each(isolations)(
  'three nodes on a PostgreSQL whose transactions are “%s” unless asked for',
  (isolation) => {
    beforeEach(async () => {
      const postgres = engines.find(({ name }) => name === 'PostgreSQL');
      if (postgres === undefined) throw new Error('no PostgreSQL');
      database = await postgres.createMigrated();
      const url = new URL(database.address);
      const escaped = isolation.replace(' ', '\\ ');
      url.searchParams.set('options', `-c default_transaction_isolation=${escaped}`);
      nodes = await Promise.all([1, 2, 3].map(() => openStore(url.href)));
    });
    afterEach(async () => {
      await Promise.all(nodes.map((node) => node.close()));
      await database.drop();
    });

    it('let four codes be guessed for a number, however many come at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const answers = await onNodes(12, (store) =>
          store.spendNumberCall({
            now: t0,
            phoneNumber: `+1555010000${round}`,
            numberId: undefined,
            kind: 'verify_code',
            who: 'customer',
            budget: numberCallBudgets.verify_code,
          }),
        );
        expect(answers.filter(({ allowed }) => allowed)).toHaveLength(4);
      }
    });

    it('keep what all of them hear of one customer at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        await onNodes(9, (store, index) =>
          store.recordIdentities({
            now: t0,
            evidence: [
              {
                kind: 'seen',
                phoneNumberId: '777',
                waId: '16505551234',
                hash: `h${index}`,
                at: t0 + (round * 9 + index) * 1_000,
                messageId: `wamid.${index}`,
              },
            ],
          }),
        );
      }
      const known = await nodes[0]?.findIdentity({ phoneNumberId: '777', waId: '16505551234' });
      expect(known?.seen).toMatchObject({ hash: 'h8', at: t0 + 44_000 });
    });
  },
);
