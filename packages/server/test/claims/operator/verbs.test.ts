import { describe, expect, it } from 'vitest';
import { ClaimMissingError } from '../../../src/claims/claim-errors.ts';
import { claimVerbs } from '../../../src/claims/claim-verbs.ts';
import { systemRandom } from '../../../src/system/system-random.ts';
import { incoming, leased, proof, t0 } from '../../../src/testing/contract/contract-case.ts';
import { engines, openStore } from '../../support/databases.ts';
import { noGraph } from './support/no-graph.ts';

const cipher = {
  seal: (text: string) => Promise.resolve(text),
  open: (text: string) => Promise.resolve(text),
};

describe.each(engines)('a number with another owner on $name', ({ create }) => {
  it('is not given back to a claim that lost it: the claim begins anew, and owns nothing', async () => {
    const database = await create();
    const store = await openStore(database.address);
    const verbs = claimVerbs({
      graph: noGraph,
      store,
      clock: { now: () => t0 },
      random: systemRandom,
      cipher,
      wake: () => undefined,
    });
    // Ada's claim was proven, tried again, and then refused; in between Grace's proof came.
    const first = await leased(store, 'ada', { codeMark: 'ada' });
    await proof(store, first, '777');
    await store.finishStep({ lease: first, now: t0, event: 'operator_needed', next: { do: 'done' } });
    await verbs.retry(first.claimId, 'Nadia');
    const [again] = await store.leaseWork({ now: t0, limit: 1, claimId: first.claimId });
    if (again === undefined) throw new Error('not due');
    await store.finishStep({ lease: again, now: t0, event: 'refused', next: { do: 'done' } });
    const second = await leased(store, 'grace', { codeMark: 'grace' });
    expect(await proof(store, second, '777')).toBe('saved');

    const tried = await verbs.retry(first.claimId, 'Nadia');
    expect([tried.status, tried.phoneNumberId, tried.provenAt]).toEqual(['received', undefined, undefined]);
    const [third] = await store.leaseWork({ now: t0, limit: 1, claimId: first.claimId });
    if (third === undefined) throw new Error('not due');
    expect(await proof(store, third, '777')).toBe('number_taken');
    expect((await store.findClaim(second.claimId))?.status).toBe('proven');
    await store.close();
    await database.drop();
  });

  it('is no answer about a claim that does not exist', async () => {
    const database = await create();
    const store = await openStore(database.address);
    const deps = {
      graph: noGraph,
      store,
      clock: { now: () => t0 },
      random: systemRandom,
      cipher,
      wake: () => undefined,
    };
    const verbs = claimVerbs(deps);
    for (const act of [
      () => verbs.retry('nothing', 'Nadia'),
      () => verbs.dismiss('nothing', 'Nadia'),
      () => verbs.end('nothing', 'Nadia'),
      () => verbs.assign('nothing', 'Nadia', { customerId: 'ada' }),
      () => verbs.requestCode('nothing', 'Nadia'),
      () => verbs.submitCode('nothing', 'Nadia', '123-456'),
      () => verbs.supplyPin('nothing', 'Nadia', '123456'),
      () => verbs.readPin('nothing', 'Nadia'),
      () => verbs.history('nothing'),
    ]) {
      await expect(act()).rejects.toThrow(ClaimMissingError);
    }
    await store.close();
    await database.drop();
  });
});

describe.each(engines)('a claim whose code is still to be exchanged, on $name', ({ create }) => {
  it('is never taken from the worker, not for a moment: the code lives 30 seconds', async () => {
    const database = await create();
    const store = await openStore(database.address);
    const woken: string[] = [];
    const taken: string[] = [];
    const verbs = claimVerbs({
      graph: noGraph,
      store: {
        ...store,
        leaseWork(input) {
          taken.push(input.claimId ?? 'any');
          return store.leaseWork(input);
        },
      },
      clock: { now: () => t0 },
      random: systemRandom,
      cipher,
      wake: (claimId) => void woken.push(claimId),
    });
    const { claim } = await store.recordClaim(incoming('ada'));
    await verbs.retry(claim.id, 'Nadia');
    expect(taken).toEqual([]);
    expect(woken).toEqual([claim.id]);
    expect((await store.claimHistory(claim.id)).map(({ what }) => what)).toEqual([
      'event and code received',
      'tried again now',
    ]);
    // Nor is it undone when somebody is at it already.
    const [lease] = await store.leaseWork({ now: t0, limit: 1, claimId: claim.id });
    if (lease === undefined) throw new Error('the claim is not due');
    await verbs.retry(claim.id, 'Nadia');
    expect(await store.spendCode({ lease, now: t0, notBefore: t0 })).toBe('spent');
    await store.close();
    await database.drop();
  });
});
