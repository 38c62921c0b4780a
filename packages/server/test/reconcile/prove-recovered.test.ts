import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ports/graph.ts';
import type { Claim } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
import { customerToken } from '../../src/ports/customer-token.ts';
import { proveClaim } from '../../src/registration/prove-claim.ts';
import {
  claimWith,
  depsWith,
  failure,
  leaseOf,
  listOf,
  now,
  numberWith,
  poolNumber,
} from '../registration/support/step-world.ts';

const minute = 60_000;

/** Meta's own word opened it, and gave no token. */
const byWord: Partial<Claim> = {
  event: undefined,
  wabaId: undefined,
  sealedToken: undefined,
  codeReceivedAt: undefined,
  codeUsedAt: undefined,
  createdAt: now - 5 * minute,
  recoveredAt: now,
  assignedWabaId: '8',
  assignedPhoneNumberId: '7',
};
const ofPool = (over: Partial<{ heldByCustomer: boolean; claimId: string }> = {}) => ({
  findPoolNumber: () =>
    Promise.resolve({
      number: { ...poolNumber, claimId: over.claimId },
      heldByCustomer: over.heldByCustomer ?? true,
    }),
});

const run = (claim: Partial<Claim>, graph: Partial<Graph> = {}, store: Partial<Store> = {}) =>
  proveClaim(
    depsWith(
      { listAccountNumbers: () => listOf([numberWith()]), ...graph },
      {
        ...ofPool(),
        findAccountOfAnother: () => Promise.resolve(undefined),
        findHeldNumberTaken: () => Promise.resolve(undefined),
        ...store,
      },
      { attachWhenNoNumber: false },
    ),
  )({ claim: claimWith(claim), lease: leaseOf('prove') });

describe('a claim that Meta’s word opened, without a token', () => {
  it('is proven by the account that Meta named, read with the BSP’s own token', async () => {
    const read: unknown[] = [];
    const end = await run(byWord, {
      listAccountNumbers(wabaId, token) {
        read.push([wabaId, token]);
        return listOf([numberWith({ id: '6' }), numberWith()]);
      },
    });
    expect(read).toEqual([['8', undefined]]);
    expect(end).toMatchObject({
      event: 'proven',
      patch: { wabaId: '8', phoneNumberId: '7', numberSource: 'pool', poolNumberId: poolNumber.id },
      next: { do: 'go', step: 'subscribe' },
    });
  });

  it('is refused when the account does not list the number', async () => {
    const end = await run(byWord, { listAccountNumbers: () => listOf([numberWith({ id: '6' })]) });
    expect(end).toMatchObject({ event: 'refused', reason: { code: 'number_not_listed' } });
  });

  it('is the operator’s when the number was not held by this customer, is another’s, or is none of the pool’s', async () => {
    const owner = claimWith({ id: 'owner', customerId: 'jaspers', status: 'registered', provenAt: 1 });
    const taken = { ...ofPool({ claimId: 'owner' }), findClaim: () => Promise.resolve(owner) };
    const codes: unknown[] = [];
    for (const store of [
      ofPool({ heldByCustomer: false }),
      taken,
      { findPoolNumber: () => Promise.resolve(undefined) },
      { findAccountOfAnother: () => Promise.resolve(owner) },
    ]) {
      const end = await run(byWord, {}, store);
      expect(end).toMatchObject({ event: 'operator_needed' });
      expect(end).not.toHaveProperty('patch.provenAt');
      codes.push(end === 'fenced' ? undefined : end.reason?.code);
    }
    expect(codes).toEqual([
      'pool_number_of_another',
      'pool_number_claimed',
      'own_number',
      'account_of_another',
    ]);
  });

  it('takes no number from another customer, though that one rests on Meta’s word as well', async () => {
    const owner = claimWith({
      ...byWord,
      id: 'owner',
      customerId: 'jaspers',
      status: 'registered',
      provenAt: 1,
    });
    const store = { ...ofPool({ claimId: 'owner' }), findClaim: () => Promise.resolve(owner) };
    expect(await run(byWord, {}, store)).toMatchObject({ reason: { code: 'pool_number_claimed' } });
  });

  it('may be a number of the customer’s own once an operator said whose it is', async () => {
    const store = { findPoolNumber: () => Promise.resolve(undefined) };
    const end = await run({ ...byWord, assignedAt: 1 }, {}, store);
    expect(end).toMatchObject({ event: 'proven', patch: { numberSource: 'own' } });
  });

  it.each(['permission', 'not_found', 'auth'] as const)(
    'is the operator’s, with a sentence, when Meta answers the BSP’s token with %s',
    async (kind) => {
      const end = await run(byWord, {
        async *listAccountNumbers() {
          await Promise.reject(failure({ kind }));
          yield numberWith();
        },
      });
      expect(end).toMatchObject({ event: 'operator_needed', reason: { code: 'account_unreadable' } });
    },
  );

  it('is never proven by what its page said: the BSP’s token reads the accounts of all customers', async () => {
    const hearsay = { eventData: { waba_id: '8', phone_number_id: '7' }, event: 'FINISH' };
    const end = await run({
      ...byWord,
      ...hearsay,
      assignedWabaId: undefined,
      assignedPhoneNumberId: undefined,
    });
    expect(end).toMatchObject({ event: 'operator_needed', reason: { code: 'account_unknown' } });
  });

  it('and no other claim goes on without one', async () => {
    const { cipher } = depsWith({}, {});
    await expect(customerToken({ cipher }, claimWith(byWord))).resolves.toBeUndefined();
    await expect(customerToken({ cipher }, claimWith({ sealedToken: undefined }))).rejects.toThrow(
      /no token/,
    );
  });
});

describe('a claim that a customer proves with their own token', () => {
  const own = { event: 'FINISH', eventData: { waba_id: '8', phone_number_id: '7' }, wabaId: undefined };
  const facts = { valid: true, appId: '1', wabaIds: ['8'], expiresAt: now + minute };
  const graph = { inspectToken: () => Promise.resolve(facts) };
  const ownedBy = (owner: Partial<Claim>) => ({
    ...ofPool({ claimId: 'word' }),
    findClaim: () =>
      Promise.resolve(
        claimWith({
          ...byWord,
          id: 'word',
          customerId: 'jaspers',
          status: 'registered',
          provenAt: 1,
          ...owner,
        }),
      ),
  });

  it('takes a number that rests on Meta’s word alone, and no other', async () => {
    expect(await run(own, graph, ownedBy({}))).toMatchObject({ event: 'proven' });
    for (const better of [{ codeUsedAt: 1 }, { assignedAt: 1 }, { recoveredAt: undefined }]) {
      expect(await run(own, graph, ownedBy(better))).toMatchObject({
        reason: { code: 'pool_number_claimed' },
      });
    }
  });

  it('keeps when its token ends, where the exchange did not say it', async () => {
    expect(await run(own, graph)).toMatchObject({ patch: { tokenExpiresAt: now + minute } });
    expect(await run({ ...own, tokenExpiresAt: 5 }, graph)).not.toHaveProperty('patch.tokenExpiresAt');
    const endless = { inspectToken: () => Promise.resolve({ ...facts, expiresAt: undefined }) };
    expect(await run(own, endless)).not.toHaveProperty('patch.tokenExpiresAt');
  });
});
