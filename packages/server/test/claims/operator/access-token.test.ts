import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccessTokenExpiredError, AccountUnknownError } from '../../../src/claims/claim-errors.ts';
import { claimVerbs } from '../../../src/claims/claim-verbs.ts';
import { tokenCell } from '../../../src/domain/cells.ts';
import type { Store } from '../../../src/ports/store.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { leased, proof, t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore, type TestDatabase } from '../../support/databases.ts';
import { noGraph } from './support/no-graph.ts';
import { startHost } from '../../support/host.ts';
import { deliver, later } from './support/staff.ts';

/** Says which cell it was sealed for, and opens it for no other. */
const cipher = {
  seal: (plain: string, cell: string) => Promise.resolve(`${cell}|${plain}`),
  open(sealed: string, cell: string) {
    if (!sealed.startsWith(`${cell}|`)) throw new Error('sealed for another cell');
    return Promise.resolve(sealed.slice(cell.length + 1));
  },
};

describe.each(engines)('the token for an account on $name', ({ create }) => {
  let database: TestDatabase;
  let store: Store;
  let now: number;
  beforeEach(async () => {
    now = t0;
    database = await create();
    store = await openStore(database.address);
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });
  const verbs = () =>
    claimVerbs({
      graph: noGraph,
      store,
      clock: { now: () => now },
      random: systemRandom,
      cipher,
      wake: () => undefined,
    });

  /** A claim that is proven to be about account 888, with a token of its own. */
  async function proven(name: string, phoneNumberId: string, token: string, expiresAt?: number) {
    const lease = await leased(store, name, { codeMark: `mark-${name}` });
    const sealedToken = await cipher.seal(token, tokenCell(lease.claimId));
    await store.keepToken({ lease, now, sealedToken, expiresAt });
    await proof(store, lease, phoneNumberId);
    return lease.claimId;
  }

  it('is the newest of its claims', async () => {
    await proven('ada', '1', 'token-of-ada');
    now += 1000;
    await proven('grace', '2', 'token-of-grace');
    expect(await verbs().accessToken('888')).toBe('token-of-grace');
  });

  it('is not one of a claim that is over', async () => {
    await proven('ada', '1', 'token-of-ada');
    now += 1000;
    const ended = await proven('grace', '2', 'token-of-grace');
    await verbs().end(ended, 'Nadia');
    expect(await verbs().accessToken('888')).toBe('token-of-ada');
  });

  it('is given out until the moment at which it is over', async () => {
    await proven('ada', '1', 'token-of-ada', t0 + 5000);
    now = t0 + 4999;
    expect(await verbs().accessToken('888')).toBe('token-of-ada');
    now = t0 + 5000;
    const refused = verbs().accessToken('888');
    await expect(refused).rejects.toThrow(AccessTokenExpiredError);
    await expect(refused).rejects.toMatchObject({ code: 'access_token_expired', expiredAt: t0 + 5000 });
    await expect(refused).rejects.toThrow('sign up again');
  });

  it.each(['999', '', '12ab', '888\n', '\0'])(
    '%j is not there, and the error says what to do',
    async (wabaId) => {
      await proven('ada', '1', 'token-of-ada');
      await expect(verbs().accessToken(wabaId)).rejects.toThrow(AccountUnknownError);
      await expect(verbs().accessToken(wabaId)).rejects.toThrow('Have the customer sign up');
    },
  );

  it('comes with an imported number', async () => {
    const imported = {
      customerId: 'ada',
      wabaId: '888',
      phoneNumberId: '1',
      phoneNumber: '+1 555-010-0001',
      accessToken: 'imported',
    };
    expect(await verbs().import([imported], 'Nadia')).toMatchObject([{ outcome: 'imported' }]);
    expect(await verbs().accessToken('888')).toBe('imported');
  });
});

describe('the token for an account', () => {
  it('is the one that Meta gave for the sign-up', async () => {
    const host = await startHost();
    const { wabaId } = await deliver(host, 'lucky-shrub');
    await later(host);
    const token = await host.signup.accessToken(wabaId);
    expect(token).toMatch(/^EAA/);
    expect(host.sealed).toContain(token);
    expect(host.log.join()).not.toContain(token);
    await host.close();
  });
});
