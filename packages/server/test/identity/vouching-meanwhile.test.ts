import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';

const rounds = process.env['TEST_LONG'] === '1' ? 1_000 : 150;

describe.each(engines)('a text that is refused while the host vouches, on $name', ({ createMigrated }) => {
  let database: TestDatabase;
  let nodes: Store[] = [];
  beforeEach(async () => {
    database = await createMigrated();
    nodes = [await openStore(database.address), await openStore(database.address)];
  });
  afterEach(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });

  it('is known afterwards, and so is who vouched: neither writes over the other', async () => {
    const [here, there] = nodes;
    const lost: number[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const customer = { phoneNumberId: '777', waId: String(4_915_100_000_000 + n) };
      const seen = { kind: 'seen' as const, ...customer, hash: 'a', at: t0, messageId: 'wamid.1' };
      await here?.recordIdentities({ now: t0, evidence: [seen] });
      const refused = { kind: 'mismatch' as const, ...customer, at: t0 + 60_000, messageId: 'wamid.2' };
      await Promise.all([
        here?.trustIdentity({ ...customer, now: t0, who: 'ann' }),
        there?.recordIdentities({ now: t0, evidence: [refused] }),
      ]);
      const found = await here?.findIdentity(customer);
      if (found?.mismatch?.at !== refused.at || found.trustedBy !== 'ann') lost.push(n);
    }
    expect(lost).toEqual([]);
  }, 60_000);
});
