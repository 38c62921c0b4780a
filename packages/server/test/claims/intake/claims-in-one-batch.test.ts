import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TooManyClaimsError } from '../../../src/ports/store-errors.ts';
import type { Store } from '../../../src/ports/store.ts';
import { incoming, t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../../support/databases.ts';

const hour = 3_600_000;
const mostNew = 30;

/** When one more may come, if a claim was refused for there being too many. */
async function retryAtOf(store: Store, n: number, over: Parameters<typeof incoming>[1] = {}) {
  try {
    const name = `claim-${n}`;
    await store.recordClaim(incoming(name, { customerId: 'attacker', codeMark: `mark-${n}`, ...over }));
    return undefined;
  } catch (error) {
    if (error instanceof TooManyClaimsError) return error.retryAt;
    throw error;
  }
}

describe.each(engines)('new claims that arrive in the same moment ($name)', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await create();
    store = await openStore(database.address);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('are let in up to the limit, and the others are told a time that is still to come', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => retryAtOf(store, n)));
    expect(answers.filter((retryAt) => retryAt === undefined)).toHaveLength(mostNew);
    expect(new Set(answers.filter((retryAt) => retryAt !== undefined))).toEqual(new Set([t0 + hour]));
    const { items } = await store.listClaims({ limit: 100 });
    expect(items).toHaveLength(mostNew);
  });

  it('leave room for another customer’s in the same batch', async () => {
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        retryAtOf(store, n, n % 20 === 19 ? { customerId: `owner-${n}` } : {}),
      ),
    );
    expect([19, 39, 59].map((n) => answers[n])).toEqual([undefined, undefined, undefined]);
  });

  it('count a claim once whose halves come in one batch', async () => {
    const halves = Array.from({ length: mostNew }, (_, n) => [
      retryAtOf(store, n, { sealedCode: undefined, codeMark: undefined }),
      retryAtOf(store, n, { id: `other-${n}`, workId: `other-work-${n}`, event: undefined, eventData: {} }),
    ]);
    const answers = await Promise.all(halves.flat());
    expect(new Set(answers)).toEqual(new Set([undefined]));
  });
});
