import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimLimits } from '../../src/domain/claim-limits.ts';
import type { Store } from '../../src/ports/store.ts';
import { incoming } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

describe('two nodes on one PostgreSQL', () => {
  let database: TestDatabase;
  let nodes: Store[] = [];
  let other: pg.Client;

  beforeEach(async () => {
    const postgres = engines.find(({ name }) => name === 'PostgreSQL');
    if (postgres === undefined) throw new Error('no PostgreSQL');
    database = await postgres.createMigrated();
    nodes = await Promise.all([1, 2].map(() => openStore(database.address)));
    other = new pg.Client({ connectionString: database.address });
    await other.connect();
  });
  afterEach(async () => {
    await other.end();
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  /** Until so many others wait for a lock. */
  const waiting = async (count: number) => {
    for (;;) {
      const { rows } = await other.query<{ count: number }>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if ((rows[0]?.count ?? 0) >= count) return;
      await other.query('select pg_sleep(0.01)');
    }
  };

  it('count the first claim of a customer that the other is still writing', async () => {
    const open = async (node: Store | undefined, n: number) => {
      const one = { id: `claim-${n}`, workId: `work-${n}`, sessionId: `session-${n}`, codeMark: `mark-${n}` };
      return node?.recordClaim(incoming('mallory', one));
    };
    // Nobody's claim gets any further than to its history.
    await other.query('begin');
    await other.query('lock table signup_claim_history in exclusive mode');
    const tries = [open(nodes[0], 0)];
    await waiting(1);
    for (let n = 1; n <= claimLimits.newClaims; n += 1) tries.push(open(nodes[1], n));
    await waiting(2);
    await other.query('commit');
    const ends = await Promise.allSettled(tries);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(claimLimits.newClaims);
  });
});
