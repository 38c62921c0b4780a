import { describe, expect, it } from 'vitest';
import type { RecoveryOutcome } from '../../src/ports/accounts.ts';
import type { Claim } from '../../src/ports/records.ts';
import type { Store } from '../../src/ports/store.ts';
import { claimWith, now } from '../registration/support/step-world.ts';
import { later, lastLook, look, old, settled } from './support/looks.ts';
import {
  adas,
  claimsAre,
  day,
  hour,
  leaseWith,
  minute,
  reconcileWorld,
  second,
} from './support/reconcile-world.ts';

describe('a number of the pool that nobody claimed', () => {
  it('is recovered for the one customer who launched with it, under the session of the launch', async () => {
    const world = reconcileWorld();
    const end = await look(world);
    expect(world.recovered).toEqual([
      {
        lease: leaseWith(),
        now,
        claimId: 'new-id',
        workId: 'new-id',
        sessionId: 'session-of-ada',
        customerId: 'ada',
        wabaId: '8',
        number: { phoneNumberId: '7', phoneNumber: '+15550100001', displayPhoneNumber: '+1 555-010-0001' },
        token: { sealed: 'claims.token/new-id:token-of-meta', expiresAt: 5 },
        reason: undefined,
      },
    ]);
    // What proof made of it is looked at once more.
    expect(end).toEqual({ lookAgainAt: now + 30 * second, settled: false });
  });

  it('is left to its owner', async () => {
    const owner = claimWith({
      id: 'owner',
      provenAt: now - minute,
      phoneNumberId: '7',
      status: 'registered',
    });
    const world = reconcileWorld({ store: { findOwner: () => Promise.resolve(owner) } });
    expect(await look(world)).toMatchObject(settled);
    expect(world.recovered).toEqual([]);
  });

  it('whose owner is older than the news of the account is not what the news is about', async () => {
    const owner = claimWith({ id: 'owner', provenAt: now - day, phoneNumberId: '7' });
    const store = { findOwner: () => Promise.resolve(owner) };
    expect(await look(reconcileWorld({ store }))).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(await look(reconcileWorld({ store }), lastLook)).toMatchObject(settled);
  });

  it.each([
    ['its session’s, code lost', old(), true],
    ['its session’s, refused', old({ status: 'rejected' }), true],
    ['its session’s, without a number', old({ status: 'no_number' }), true],
    [
      'its session’s, with the operator for want of a number',
      old({ status: 'needs_operator', reason: { code: 'several_numbers', message: '' } }),
      true,
    ],
    [
      'another session’s that named the number',
      old({ sessionId: 's2', eventData: { waba_id: '8', phone_number_id: '7' } }),
      true,
    ],
    ['another session’s that named the account', old({ sessionId: 's2', eventData: { waba_id: '8' } }), true],
    [
      'its session’s about another number',
      old({ eventData: { waba_id: '8', phone_number_id: '77' } }),
      false,
    ],
    [
      'its session’s and live on another number',
      old({ phoneNumberId: '77', provenAt: 1, status: 'registered' }),
      false,
    ],
    ['its session’s and over', old({ status: 'dismissed' }), false],
  ])('completes the customer’s claim: %s', async (_name, claim, completes) => {
    const world = reconcileWorld({ store: claimsAre(claim) });
    await look(world);
    expect(world.recovered).toMatchObject([
      completes
        ? { claimId: claim.id, sessionId: claim.sessionId, customerId: 'ada' }
        : { claimId: 'new-id', sessionId: 'recovered:7', customerId: 'ada' },
    ]);
  });

  it('is the operator’s on an account where another customer has a live claim', async () => {
    const bobs = claimWith({ id: 'of-bob', customerId: 'bob', provenAt: now - day, phoneNumberId: '70' });
    const world = reconcileWorld({ store: { findAccountOfAnother: () => Promise.resolve(bobs) } });
    await look(world, later);
    expect(world.recovered).toMatchObject([
      { customerId: undefined, reason: { code: 'account_of_another' } },
    ]);
  });

  it.each([
    ['over by an operator’s word', { status: 'dismissed' }],
    ['over before Meta’s news of the account', { status: 'ended', updatedAt: now - day }],
    ['on the operator’s desk', { status: 'needs_operator' }],
  ] as const)(
    'is the operator’s when it was to be put on this account for another customer, by a claim that is %s',
    async (_name, stands) => {
      const bobs = claimWith({ id: 'of-bob', customerId: 'bob', ...stands });
      const findAttachment: Store['findAttachment'] = ({ unlessOffered = false }) =>
        // Ada was offered it after that.
        Promise.resolve(unlessOffered ? undefined : bobs);
      const world = reconcileWorld({ store: { findAttachment } });
      await look(world, later);
      expect(world.recovered).toMatchObject([
        {
          customerId: undefined,
          reason: { code: 'several_customers', message: expect.stringMatching(/bob, ada/) },
        },
      ]);
    },
  );

  it('is left alone while the kit is still putting it there for another customer', async () => {
    const bobs = claimWith({ id: 'of-bob', customerId: 'bob', status: 'received' });
    const findAttachment: Store['findAttachment'] = ({ unlessOffered = false }) =>
      Promise.resolve(unlessOffered ? undefined : bobs);
    const world = reconcileWorld({ store: { findAttachment } });
    expect(await look(world, later)).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(world.recovered).toEqual([]);
  });

  it('prefers the claim that named the number', async () => {
    const named = old({ id: 'named', sessionId: 's2', eventData: { waba_id: '8', phone_number_id: '7' } });
    const world = reconcileWorld({ store: claimsAre(old(), named) });
    await look(world);
    expect(world.recovered).toMatchObject([{ claimId: 'named' }]);
  });

  it.each([
    ['of the launch’s session and under way', old({ status: 'received' })],
    ['of the launch’s session and young', old({ createdAt: now - minute })],
    ['whose code has just come', old({ codeReceivedAt: now - second })],
  ])('waits for a claim %s', async (_name, claim) => {
    const world = reconcileWorld({ store: claimsAre(claim) });
    expect(await look(world, later)).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(world.recovered).toEqual([]);
  });

  it('does not wait for whoever names the account and never had the number', async () => {
    const hostile = old({
      customerId: 'bob',
      sessionId: 's2',
      status: 'received',
      eventData: { waba_id: '8' },
    });
    const world = reconcileWorld({ store: claimsAre(hostile) });
    await look(world);
    expect(world.recovered).toMatchObject([{ customerId: 'ada' }]);
  });

  it('does not wait for a claim that is recovered already', async () => {
    const again = reconcileWorld({ store: claimsAre(old({ status: 'received', recoveredAt: now })) });
    await look(again);
    expect(again.recovered).toHaveLength(1);
  });

  it.each(['busy', 'closed'] as const)('is looked at soon again when the store says %s', async (outcome) => {
    const world = reconcileWorld({
      store: { recoverClaim: () => Promise.resolve<RecoveryOutcome>(outcome) },
    });
    expect(await look(world)).toEqual({ lookAgainAt: now + 30 * second, settled: false });
  });

  it('is left to whoever has the lease now', async () => {
    const world = reconcileWorld({
      store: { recoverClaim: () => Promise.resolve<RecoveryOutcome>('fenced') },
    });
    expect(await look(world)).toBe('fenced');
  });

  it('is the operator’s when its recovered claim was refused', async () => {
    const refused = old({
      status: 'rejected',
      recoveredAt: 1,
      reason: { code: 'number_not_listed', message: '' },
    });
    const outcomes: RecoveryOutcome[] = ['known', 'recovered'];
    const asked: unknown[] = [];
    const world = reconcileWorld({
      store: {
        ...claimsAre(refused),
        recoverClaim(input) {
          asked.push(input);
          return Promise.resolve(outcomes.shift() ?? 'known');
        },
      },
    });
    await look(world, later);
    expect(asked).toMatchObject([
      { customerId: 'ada' },
      { customerId: undefined, sessionId: 'orphan:8:7', reason: { code: 'recovery_refused' } },
    ]);
  });
});

describe('a number of the pool whose customer nobody can tell', () => {
  it('is the operator’s, who is told between whom to choose', async () => {
    const store = { findLaunches: () => Promise.resolve([adas, { ...adas, customerId: 'bob' }]) };
    const world = reconcileWorld({ store });
    expect(await look(world, later)).toMatchObject(settled);
    expect(world.recovered).toMatchObject([
      {
        customerId: undefined,
        sessionId: 'orphan:8:7',
        number: { phoneNumberId: '7', phoneNumber: '+15550100001' },
        reason: { code: 'several_customers', message: expect.stringMatching(/ada, bob/) },
      },
    ]);
  });

  it('is the operator’s when nobody launched with it', async () => {
    const world = reconcileWorld({ store: { findLaunches: () => Promise.resolve([]) } });
    await look(world, later);
    expect(world.recovered).toMatchObject([{ customerId: undefined, reason: { code: 'nobody_launched' } }]);
  });

  it('is nobody’s business in the first minutes: the page may still speak', async () => {
    const world = reconcileWorld({ store: { findLaunches: () => Promise.resolve([]) } });
    for (const [looks, wait] of [
      [1, 30 * second],
      [2, minute],
      [3, 5 * minute],
    ] as const) {
      expect(await look(world, leaseWith({ looks }))).toEqual({ lookAgainAt: now + wait, settled: false });
    }
    expect(world.recovered).toEqual([]);
  });
});

describe('a number that somebody has on their desk, or has put away', () => {
  const about = (over: Partial<Claim>) => old({ id: 'known', sessionId: 's2', phoneNumberId: '7', ...over });

  it.each([
    [
      'a claim of another customer waits for the operator',
      about({ customerId: 'bob', status: 'needs_operator' }),
    ],
    ['their own claim waits for the operator', old({ status: 'needs_operator' })],
    ['an operator dismissed their claim on it', about({ status: 'dismissed', updatedAt: 1 })],
    [
      'an operator dismissed the orphan',
      about({ customerId: '', sessionId: 'orphan:8:7', status: 'dismissed', updatedAt: 1 }),
    ],
    ['their claim on it was ended after the news', about({ status: 'ended', updatedAt: now })],
    [
      'an operator gave the orphan to somebody',
      about({ customerId: 'bob', sessionId: 'orphan:8:7', status: 'received' }),
    ],
  ])('is left alone: %s', async (_name, claim) => {
    const world = reconcileWorld({ store: claimsAre(claim) });
    expect(await look(world, lastLook)).toMatchObject(settled);
    expect(world.recovered).toEqual([]);
  });

  it.each([
    [
      'it left with its account',
      about({ status: 'ended', updatedAt: now, reason: { code: 'partner_removed', message: '' } }),
    ],
    ['it ended before Meta spoke of the account again', about({ status: 'ended', updatedAt: now - hour })],
    [
      'the orphan was put aside for an owner who is gone',
      about({
        customerId: '',
        sessionId: 'orphan:8:7',
        status: 'dismissed',
        updatedAt: now - hour,
        reason: { code: 'owner_found', message: '' },
      }),
    ],
  ])('is recovered again when %s', async (_name, claim) => {
    const world = reconcileWorld({ store: claimsAre(claim) });
    await look(world, leaseWith({ addedAt: now - minute }));
    expect(world.recovered).toMatchObject([{ customerId: 'ada' }]);
  });

  it('is the operator’s in spite of an orphan that says so already, once it has its one customer', async () => {
    const orphan = about({ customerId: '', sessionId: 'orphan:8:7', status: 'needs_operator' });
    const world = reconcileWorld({ store: claimsAre(orphan) });
    await look(world);
    expect(world.recovered).toMatchObject([{ customerId: 'ada', sessionId: 'session-of-ada' }]);
  });

  it('gets another made-up session when the first is history', async () => {
    const gone = old({
      id: 'gone',
      sessionId: 'recovered:7',
      status: 'ended',
      reason: { code: 'partner_removed', message: '' },
    });
    const other = old({ status: 'dismissed' });
    const world = reconcileWorld({ store: claimsAre(gone, other) });
    await look(world);
    expect(world.recovered).toMatchObject([{ sessionId: 'recovered:7:2', claimId: 'new-id' }]);
  });
});

describe('a made-up session that belongs to somebody else', () => {
  it('is not taken from them', async () => {
    const theirs = old({ id: 'theirs', sessionId: 'recovered:7', customerId: 'bob' });
    const world = reconcileWorld({ store: claimsAre(theirs, old({ status: 'dismissed' })) });
    await look(world);
    expect(world.recovered).toEqual([]);
  });
});

describe('of two pages of one customer the second one', () => {
  const owner = claimWith({ id: 'owner', customerId: 'ada', provenAt: now, phoneNumberId: '7' });
  const sameNumber = { sessionId: 's2', eventData: { waba_id: '8', phone_number_id: '7' } };

  it.each([
    ['is put aside when its code is lost', old({ id: 'second', ...sameNumber }), true],
    ['goes on while it is under way', old({ id: 'second', ...sameNumber, status: 'received' }), false],
    [
      'stays when it is about another number',
      old({ id: 'second', ...sameNumber, eventData: { waba_id: '8', phone_number_id: '77' } }),
      false,
    ],
    ['stays when it is somebody else’s', old({ id: 'second', ...sameNumber, customerId: 'bob' }), false],
  ])('%s', async (_name, claim, isPutAside) => {
    const world = reconcileWorld({ store: { ...claimsAre(claim), findOwner: () => Promise.resolve(owner) } });
    await look(world);
    expect(world.decided.map(({ claimId }) => claimId)).toEqual(isPutAside ? ['second'] : []);
  });
});
