import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/ports/graph.ts';
import type { Claim } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
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
} from './support/step-world.ts';

const finished = { event: 'FINISH', eventData: { waba_id: '8', phone_number_id: '7' }, wabaId: undefined };
const withoutNumber = { event: 'FINISH_ONLY_WABA', eventData: { waba_id: '8' }, wabaId: undefined };
const minute = 60_000;

/** Meta covers account 8, which lists number 7; the pool and other customers are not touched by it. */
const run = (
  claim: Partial<Claim>,
  { graph = {}, store = {}, attach = false, wabaIds = ['8'] }: World = {},
) =>
  proveClaim(
    depsWith(
      {
        inspectToken: () => Promise.resolve({ valid: true, appId: '1', wabaIds, expiresAt: undefined }),
        listAccountNumbers: () => listOf([numberWith()]),
        ...graph,
      },
      {
        findPoolNumber: () => Promise.resolve(undefined),
        findAccountOfAnother: () => Promise.resolve(undefined),
        findHeldNumberTaken: () => Promise.resolve(undefined),
        ...store,
      },
      { attachWhenNoNumber: attach },
    ),
  )({ claim: claimWith(claim), lease: leaseOf('prove') });

interface World {
  graph?: Partial<Graph>;
  store?: Partial<Store>;
  attach?: boolean;
  wabaIds?: string[];
}

describe('a number of the pool that another claim had', () => {
  const owned = (owner: Partial<Claim>) => ({
    findPoolNumber: () =>
      Promise.resolve({ number: { ...poolNumber, claimId: 'an-older-one' }, heldByCustomer: true }),
    findClaim: () => Promise.resolve(claimWith({ id: 'an-older-one', provenAt: 1, ...owner })),
  });

  it.each([
    ['another customer’s, and live', { customerId: 'jaspers', status: 'registered' }, 'pool_number_claimed'],
    ['another customer’s, and over', { customerId: 'jaspers', status: 'ended' }, undefined],
    ['the same customer’s, and live', { status: 'registered' }, undefined],
    ['the same customer’s, and over', { status: 'ended' }, undefined],
  ] as const)('that is %s', async (_name, owner, conflict) => {
    expect(await run(finished, { store: owned(owner) })).toMatchObject(
      conflict === undefined
        ? { event: 'proven', patch: { numberSource: 'pool' } }
        : { event: 'operator_needed', reason: { code: conflict } },
    );
  });
});

describe('an account that the token does not show', () => {
  const hidden = (kind: 'not_found' | 'permission' | 'auth') => ({
    listAccountNumbers: () => ({
      async *[Symbol.asyncIterator]() {
        await Promise.reject(failure({ kind }));
        yield numberWith();
      },
    }),
  });

  it.each(['not_found', 'permission'] as const)(
    'is refused where the token names none and Meta answers %s',
    async (kind) => {
      const end = await run(finished, { graph: hidden(kind), wabaIds: [] });
      expect(end).toMatchObject({ event: 'refused', reason: { code: 'account_not_granted' } });
      expect(end).not.toHaveProperty('patch');
    },
  );

  it('is refused in the same way when a held one should be attached', async () => {
    const world = { graph: hidden('not_found'), wabaIds: [], attach: true };
    expect(await run(withoutNumber, world)).toMatchObject({ reason: { code: 'account_not_granted' } });
  });

  it('is the operator’s where the token names it, or the token itself is not taken', async () => {
    for (const world of [{ graph: hidden('permission') }, { graph: hidden('auth'), wabaIds: [] }]) {
      expect(await run(finished, world)).toMatchObject({ event: 'operator_needed' });
    }
  });
});

describe('an account on which another customer has a live claim', () => {
  const store = { findAccountOfAnother: () => Promise.resolve(claimWith({ id: 'theirs' })) };

  it('is left to the operator with the number’s facts, and without a proof', async () => {
    const end = await run(finished, { store });
    expect(end).toMatchObject({
      event: 'operator_needed',
      reason: { code: 'account_of_another' },
      patch: { wabaId: '8', phoneNumberId: '7', phoneNumber: '+15550100001' },
    });
    expect(end).not.toHaveProperty('patch.provenAt');
  });

  it('is no quarrel once an operator has given the claim to its customer', async () => {
    expect(await run({ ...finished, assignedAt: 1 }, { store })).toMatchObject({ event: 'proven' });
  });
});

describe('a finish without a number', () => {
  const empty = { listAccountNumbers: () => listOf([]) };

  it.each([
    ['the token names the account', ['8']],
    ['only the account’s own answer shows that it is theirs', []],
  ])('is attached to where the host wants it and %s', async (_name, wabaIds) => {
    expect(await run(withoutNumber, { attach: true, graph: empty, wabaIds })).toMatchObject({
      patch: { wabaId: '8' },
      next: { do: 'go', step: 'attach' },
    });
  });

  it('is without a number where the host does not, and an account that nobody showed is not written down', async () => {
    expect(await run(withoutNumber)).toMatchObject({
      event: 'finished_without_number',
      patch: { numberSource: 'none', wabaId: '8' },
    });
    expect(await run(withoutNumber, { wabaIds: [] })).not.toHaveProperty('patch.wabaId');
  });

  it('is also a finish with an empty account, once Meta has had its time to list the number', async () => {
    const code = { event: 'FINISH', eventData: { waba_id: '8' }, wabaId: undefined };
    const world = { attach: true, graph: empty };
    expect(await run(code, world)).toMatchObject({ next: { do: 'wait', step: 'prove' } });
    const late = { ...code, codeReceivedAt: now - minute };
    expect(await run(late, world)).toMatchObject({ next: { do: 'go', step: 'attach' } });
  });

  it('is on none of several accounts', async () => {
    const unnamed = { event: 'FINISH_ONLY_WABA', eventData: {}, wabaId: undefined };
    const end = await run(unnamed, { attach: true, graph: empty, wabaIds: ['8', '9'] });
    expect(end).toMatchObject({ event: 'finished_without_number' });
    expect(end).not.toHaveProperty('patch.wabaId');
  });
});

describe('a code without an event', () => {
  it('waits for the event before anything is decided, also when the token names no account', async () => {
    const bare = { event: undefined, eventData: {}, wabaId: undefined };
    for (const wabaIds of [['8'], []]) {
      expect(await run(bare, { wabaIds })).toMatchObject({ next: { do: 'wait', step: 'prove' } });
    }
    const late = { ...bare, codeReceivedAt: now - minute };
    expect(await run(late)).toMatchObject({ event: 'proven' });
    expect(await run(late, { wabaIds: [] })).toMatchObject({ reason: { code: 'account_unknown' } });
  });
  it('waits for none that came back to the page by a redirect: there is no window that could post one', async () => {
    const back = {
      event: undefined,
      eventData: {},
      wabaId: undefined,
      redirectUri: 'https://bsp.example/start',
    };
    expect(await run(back)).toMatchObject({ event: 'proven' });
  });
});
