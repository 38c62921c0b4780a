import { describe, expect, it } from 'vitest';
import { attachNumber } from '../../src/registration/attach-number.ts';
import type { Claim } from '../../src/ports/records.ts';
import {
  claimWith,
  depsWith,
  failure,
  leaseOf,
  listOf,
  now,
  numberWith,
  poolNumber,
} from './support/step-world.ts';

const minute = 60_000;
const toAttach = { numberId: poolNumber.id, verifiedName: 'Lucky Shrub', wabaId: '8' };

describe('putting the number that an operator named on the account', () => {
  const store = {
    findToken: () => Promise.resolve(undefined),
    findAccountOfAnother: () => Promise.resolve(undefined),
    findAccountCap: () => Promise.resolve(undefined),
    findNumber: () => Promise.resolve(poolNumber),
    keepHold: () => Promise.resolve(poolNumber),
  };
  const empty = { listAccountNumbers: () => listOf([]) };
  const run = (over: Parameters<typeof depsWith>[1], attempts = 1, claim: Partial<Claim> = {}) =>
    attachNumber(depsWith(empty, { ...store, ...over }))({
      claim: claimWith({ toAttach, ...claim }),
      lease: leaseOf('attach_named', attempts),
    });

  it('waits some looks for a number that is the claim’s own and that Meta does not list, then asks a person', async () => {
    const its = {
      findNumber: () => Promise.resolve({ ...poolNumber, claimId: 'claim-1' }),
      keepHold: () => Promise.resolve(undefined),
    };
    for (const look of [1, 2, 3, 4]) {
      expect(await run(its, look)).toEqual({
        next: { do: 'wait', step: 'attach_named', runAt: now + minute },
      });
    }
    const end = await run(its, 5);
    expect(end).toMatchObject({ event: 'operator_needed', reason: { code: 'number_not_on_account' } });
    expect(end).not.toHaveProperty('givesNumberBack');
  });

  it('asks Meta for nothing when the number is on the account since an earlier try', async () => {
    const proven = { provenAt: now - 1, phoneNumberId: '7', poolNumberId: poolNumber.id };
    const end = await attachNumber(depsWith({}, store))({
      claim: claimWith({ toAttach, ...proven }),
      lease: leaseOf('attach_named'),
    });
    expect(end).toMatchObject({ event: 'proven', next: { do: 'go', step: 'subscribe' } });
    expect(end).not.toHaveProperty('patch');
  });

  it('says of a number that cannot be split that it is about the number, not about its name', async () => {
    const odd = { ...poolNumber, phoneNumber: '+999123' };
    const end = await run({ keepHold: () => Promise.resolve(odd) });
    expect(end).toMatchObject({
      event: 'operator_needed',
      reason: { code: 'number_not_attached', message: expect.stringMatching(/country code/) },
      givesNumberBack: true,
    });
  });

  it.each(['DELETED', 'MIGRATED'])(
    'takes no number for it that the account lists as %s: that one is of an earlier life',
    async (status) => {
      const old = numberWith({ id: '666', displayPhoneNumber: poolNumber.displayPhoneNumber, status });
      const end = await attachNumber(
        depsWith(
          {
            listAccountNumbers: () => listOf([old]),
            addPoolNumber: () => Promise.resolve({ phoneNumberId: '777' }),
          },
          {
            ...store,
            // As many as Meta allows beside the old one.
            findAccountCap: () => Promise.resolve(1),
            spendAttempt: () => Promise.resolve({ allowed: true as const }),
          },
        ),
      )({ claim: claimWith({ toAttach }), lease: leaseOf('attach_named') });
      expect(end).toMatchObject({ event: 'proven', patch: { phoneNumberId: '777' } });
    },
  );

  it('takes no dead number for the one that its customer held either', async () => {
    const old = numberWith({
      id: '666',
      displayPhoneNumber: poolNumber.displayPhoneNumber,
      status: 'DELETED',
    });
    const end = await attachNumber(
      depsWith(
        {
          listAccountNumbers: () => listOf([old]),
          readAccount: () => Promise.resolve({ name: 'Lucky Shrub', fundingId: undefined }),
          addPoolNumber: () => Promise.resolve({ phoneNumberId: '777' }),
        },
        { ...store, spendAttempt: () => Promise.resolve({ allowed: true as const }) },
      ),
    )({ claim: claimWith(), lease: leaseOf('attach') });
    expect(end).toMatchObject({ event: 'proven', patch: { phoneNumberId: '777' } });
  });

  it.each([1, 6])(
    'waits for the list when Meta says at try %i that the account has it already: other tries are not of this kind',
    async (attempts) => {
      const already = failure({ kind: 'invalid_input', code: 100, subcode: 2_388_012, status: 400 });
      const graph = { ...empty, addPoolNumber: () => Promise.reject(already) };
      const end = await attachNumber(
        depsWith(graph, { ...store, spendAttempt: () => Promise.resolve({ allowed: true as const }) }),
      )({ claim: claimWith({ toAttach }), lease: leaseOf('attach_named', attempts) });
      expect(end).toEqual({ next: { do: 'wait', step: 'attach_named', runAt: now + minute } });
    },
  );

  it('takes a token that the customer gave since, once, and none that is over or older', async () => {
    const kept: string[] = [];
    const sealed = { claimId: 'another', sealedToken: 'newer', expiresAt: undefined, givenAt: now + 1 };
    const tokens: (string | undefined)[] = [];
    const ask = async (token: object, copy: string) => {
      const graph = {
        listAccountNumbers: (_: string, used: string | undefined) => (tokens.push(used), listOf([])),
      };
      await attachNumber(
        depsWith(graph, {
          ...store,
          findToken: () => Promise.resolve({ ...sealed, ...token }),
          findAccountCap: () => Promise.resolve(0),
          keepToken: ({ sealedToken }) => Promise.resolve(kept.push(String(sealedToken)) > 0),
        }),
      )({ claim: claimWith({ toAttach, sealedToken: copy }), lease: leaseOf('attach_named') });
    };
    await ask({}, 'copy');
    await ask({}, 'newer');
    await ask({ expiresAt: now }, 'copy');
    await ask({ givenAt: now - 1 }, 'copy');
    await ask({ claimId: 'claim-1' }, 'copy');
    expect(tokens).toEqual(['newer', 'newer', 'copy', 'copy', 'copy']);
    expect(kept).toEqual(['newer']);
  });
});
