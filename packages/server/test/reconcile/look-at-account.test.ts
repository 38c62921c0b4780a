import { describe, expect, it } from 'vitest';
import type { RecoveryOutcome } from '../../src/ports/accounts.ts';
import type { AccountNumber } from '../../src/ports/graph.ts';
import type { Claim } from '../../src/ports/records.ts';
import { lookAtAccount } from '../../src/reconcile/look-at-account.ts';
import { claimWith, failure, listOf, now, numberWith } from '../registration/support/step-world.ts';
import {
  adas,
  claimsAre,
  day,
  hour,
  leaseWith,
  minute,
  reconcileWorld,
  second,
  type ReconcileWorld,
} from './support/reconcile-world.ts';

const look = ({ deps }: ReconcileWorld, lease = leaseWith()) => lookAtAccount(deps)(lease);
const later = leaseWith({ looks: 4 });
const lastLook = leaseWith({ looks: 7, foundAt: now - 8 * hour, addedAt: now - 8 * hour });
const settled = { settled: true, lookAgainAt: expect.any(Number) };
const noPool = { findPoolNumber: () => Promise.resolve(undefined) };

/** A claim of ada's that has had its time. */
const old = (over: Partial<Claim> = {}): Claim =>
  claimWith({
    customerId: 'ada',
    sessionId: 'session-of-ada',
    status: 'needs_signup',
    wabaId: undefined,
    sealedToken: undefined,
    codeReceivedAt: undefined,
    createdAt: now - 3 * minute,
    updatedAt: now - 3 * minute,
    ...over,
  });

describe('an account that was removed', () => {
  it('has its claims ended, and is not looked at again', async () => {
    const ended: number[] = [];
    const world = reconcileWorld({ store: { endAccount: ({ now: at }) => Promise.resolve(ended.push(at)) } });
    for (const addedAt of [undefined, now - hour, now - minute]) {
      const end = await look(world, leaseWith({ addedAt, removedAt: now - minute }));
      expect(end).toEqual({ lookAgainAt: undefined, settled: true });
    }
    expect(ended).toEqual([now, now, now]);
    expect(world.readWith).toEqual([]);
  });

  it('and added again has its old claims ended, and its numbers looked at', async () => {
    let ended = 0;
    const world = reconcileWorld({ store: { endAccount: () => Promise.resolve((ended += 1)) } });
    await look(world, leaseWith({ addedAt: now - minute, removedAt: now - hour }));
    expect(ended).toBe(1);
    expect(world.recovered).toMatchObject([{ customerId: 'ada' }]);
  });

  it('in one number has that one ended, and its others looked at', async () => {
    let ended = 0;
    const world = reconcileWorld({ store: { endAccount: () => Promise.resolve((ended += 1)) } });
    await look(world, leaseWith({ removedNumbers: [{ phoneNumber: '15550100002', at: now }] }));
    expect(ended).toBe(1);
    expect(world.recovered).toHaveLength(1);
  });

  it('is left to whoever has the lease now', async () => {
    const world = reconcileWorld({ store: { endAccount: () => Promise.resolve(undefined) } });
    expect(await look(world, leaseWith({ removedAt: now }))).toBe('fenced');
    expect(world.readWith).toEqual([]);
  });
});

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
    [
      'of somebody else who names the account, and under way',
      old({ customerId: 'bob', sessionId: 's2', status: 'received', eventData: { waba_id: '8' } }),
    ],
  ])('waits for a claim %s', async (_name, claim) => {
    const world = reconcileWorld({ store: claimsAre(claim) });
    expect(await look(world, later)).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(world.recovered).toEqual([]);
  });

  it('does not wait for others for ever, nor for a claim that is recovered already', async () => {
    const hostile = old({
      customerId: 'bob',
      sessionId: 's2',
      status: 'received',
      eventData: { waba_id: '8' },
    });
    const world = reconcileWorld({ store: claimsAre(hostile) });
    await look(world, leaseWith({ looks: 31 }));
    expect(world.recovered).toMatchObject([{ customerId: 'ada' }]);
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

describe('a customer’s own number', () => {
  it('stays put away when an operator dismissed the claim on it', async () => {
    const dismissed = old({ id: 'theirs', sessionId: 's2', phoneNumberId: '7', status: 'dismissed' });
    const world = reconcileWorld({ store: { ...claimsAre(dismissed), ...noPool } });
    await look(world, lastLook);
    expect(world.recovered).toEqual([]);
  });

  const connected = { status: 'CONNECTED', platformType: 'CLOUD_API' };
  const cases: [string, boolean, Partial<AccountNumber>, boolean][] = [
    ['not registered', true, {}, true],
    ['registered here', true, connected, false],
    ['on the Business app', true, { ...connected, onBusinessApp: true }, true],
    ['connected elsewhere', true, { status: 'CONNECTED', platformType: 'ON_PREMISE' }, true],
    ['not registered', false, {}, true],
    ['registered here', false, connected, false],
    ['on the Business app', false, { ...connected, onBusinessApp: true }, false],
    ['restricted', false, { ...connected, status: 'RESTRICTED' }, false],
    ['deregistered', false, { status: 'DISCONNECTED' }, false],
  ];
  it.each(cases)('%s, heard of by webhook: %s', async (_name, byWebhook, number, isOrphan) => {
    const world = reconcileWorld({ store: noPool, numbers: [numberWith(number)] });
    const lease = leaseWith({ looks: 4, foundAt: now - hour, ...(byWebhook ? {} : { addedAt: undefined }) });
    await look(world, lease);
    expect(world.recovered.map(({ customerId, reason }) => [customerId, reason?.code])).toEqual(
      isOrphan ? [[undefined, 'own_number']] : [],
    );
  });

  it('comes with what the session logs said, as hearsay', async () => {
    const named = old({ id: 'c1', customerId: 'bob', sessionId: 's2', eventData: { waba_id: '8' } });
    const world = reconcileWorld({ store: { ...claimsAre(named), ...noPool } });
    await look(world, later);
    expect(world.recovered[0]?.reason?.message).toMatch(/customer bob \(claim c1\).*hearsay/);
    expect(world.recovered[0]?.number?.phoneNumber).toBe('+15550100001');
  });

  it('is found no owner for because of hearsay alone', async () => {
    const named = old({ sessionId: 's2', eventData: { waba_id: '8', phone_number_id: '7' } });
    const world = reconcileWorld({ store: { ...claimsAre(named), ...noPool } });
    await look(world, later);
    expect(world.recovered).toMatchObject([{ customerId: undefined }]);
  });
});

describe('an account without a number', () => {
  const empty = { numbers: [] };

  it('is looked at until its time is over, and then is the operator’s when a webhook told of it', async () => {
    const world = reconcileWorld(empty);
    expect(await look(world)).toMatchObject({ settled: false });
    expect(await look(world, leaseWith({ looks: 6 }))).toMatchObject({ settled: false });
    expect(world.recovered).toEqual([]);
    expect(await look(world, lastLook)).toMatchObject(settled);
    expect(world.recovered).toMatchObject([
      { customerId: undefined, sessionId: 'orphan:8', number: undefined, reason: { code: 'without_number' } },
    ]);
  });

  it('is nobody’s worry when only the list shows it, or a customer has a claim on it', async () => {
    const listed = reconcileWorld(empty);
    expect(await look(listed, { ...lastLook, addedAt: undefined })).toMatchObject(settled);
    const theirs = old({ status: 'no_number', wabaId: '8' });
    const known = reconcileWorld({ ...empty, store: claimsAre(theirs) });
    expect(await look(known, lastLook)).toMatchObject(settled);
    expect([...listed.recovered, ...known.recovered]).toEqual([]);
  });

  it('is no longer the operator’s once it shows one', async () => {
    const orphan = old({
      id: 'o',
      customerId: '',
      sessionId: 'orphan:8',
      status: 'needs_operator',
      wabaId: '8',
    });
    const world = reconcileWorld({ store: claimsAre(orphan) });
    await look(world);
    expect(world.decided).toMatchObject([
      { claimId: 'o', event: 'dismissed', reason: { code: 'numbers_listed' }, work: { do: 'stop' } },
    ]);
  });
});

describe('a look of routine', () => {
  const routine = leaseWith({
    settledAt: now - day,
    looks: 9,
    addedAt: now - 9 * day,
    foundAt: now - 9 * day,
  });

  it('leads to the next one within a day', async () => {
    const owner = claimWith({ provenAt: 1 });
    const world = reconcileWorld({ store: { findOwner: () => Promise.resolve(owner) } });
    const end = await look(world, routine);
    expect(end).toMatchObject({ settled: true });
    expect(end === 'fenced' ? 0 : end.lookAgainAt).toBeGreaterThan(now + 20 * hour);
  });

  it('asks no person at once: the page may be at it', async () => {
    const world = reconcileWorld({ store: noPool });
    expect(await look(world, routine)).toEqual({ lookAgainAt: now + 5 * minute, settled: false });
    expect(world.recovered).toEqual([]);
    await look(world, { ...routine, settledAt: undefined, looks: 10 });
    expect(world.recovered).toMatchObject([{ reason: { code: 'own_number' } }]);
  });

  it('at an empty or hidden account says nothing', async () => {
    const hidden = () => failingList('not_found');
    for (const given of [{ numbers: [] }, { graph: { listAccountNumbers: hidden } }]) {
      const world = reconcileWorld(given);
      expect(await look(world, routine)).toMatchObject(settled);
      expect(world.recovered).toEqual([]);
    }
  });
});

describe('an account that only Meta’s list shows', () => {
  it('is left alone for ten minutes: its popup may have been finished this moment', async () => {
    const world = reconcileWorld();
    const lease = leaseWith({ addedAt: undefined, foundAt: now - minute });
    expect(await look(world, lease)).toEqual({ lookAgainAt: now + 9 * minute, settled: false });
    expect(world.readWith).toEqual([]);
    await look(world, { ...lease, foundAt: now - 10 * minute });
    expect(world.recovered).toMatchObject([{ customerId: 'ada' }]);
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

describe('the token with which an account is read', () => {
  const kept = { claimId: 'c', sealedToken: 'sealed', expiresAt: undefined };

  it('is one that a claim brought, else Meta’s, else the BSP’s own', async () => {
    const withKept = reconcileWorld({ store: { findToken: () => Promise.resolve(kept) } });
    await look(withKept);
    expect(withKept.readWith).toEqual(['opened sealed']);
    expect(withKept.recovered[0]?.token?.sealed).toBe('claims.token/new-id:opened sealed');
    const withMetas = reconcileWorld();
    await look(withMetas);
    expect(withMetas.readWith).toEqual(['token-of-meta']);
    const withNone = reconcileWorld();
    await look(withNone, leaseWith({ ownerBusinessId: undefined }));
    expect(withNone.readWith).toEqual([undefined]);
    expect(withNone.recovered[0]?.token).toBeUndefined();
  });

  it('is not one that is over, or that this node cannot open', async () => {
    const over = reconcileWorld({ store: { findToken: () => Promise.resolve({ ...kept, expiresAt: now }) } });
    await look(over);
    const sealed = reconcileWorld({ store: { findToken: () => Promise.resolve(kept) } });
    sealed.deps.cipher.open = () => Promise.reject(new Error('other key'));
    await look(sealed);
    expect([over.readWith, sealed.readWith]).toEqual([['token-of-meta'], ['token-of-meta']]);
  });

  it.each([
    ['not valid', { valid: false }],
    ['another app’s', { appId: '2' }],
    ['another account’s', { wabaIds: ['88'] }],
  ])('is not one of Meta’s that is %s', async (_name, facts) => {
    const good = { valid: true, appId: '1', wabaIds: ['8'], expiresAt: undefined };
    const world = reconcileWorld({ graph: { inspectToken: () => Promise.resolve({ ...good, ...facts }) } });
    await look(world);
    expect(world.readWith).toEqual([undefined]);
  });

  it('may be one that names no account', async () => {
    const facts = { valid: true, appId: '1', wabaIds: [], expiresAt: undefined };
    const world = reconcileWorld({ graph: { inspectToken: () => Promise.resolve(facts) } });
    await look(world);
    expect(world.readWith).toEqual(['token-of-meta']);
  });

  it.each(['permission', 'not_found', 'auth'] as const)('is the next one after %s', async (kind) => {
    const graph = {
      listAccountNumbers: (_id: string, token: string | undefined) =>
        token === undefined ? listOf([numberWith()]) : failingList(kind),
    };
    const world = reconcileWorld({ graph, store: { findToken: () => Promise.resolve(kept) } });
    await look(world);
    expect(world.readWith).toEqual(['opened sealed', 'token-of-meta', undefined]);
    expect(world.recovered).toMatchObject([{ token: undefined }]);
  });

  it.each(['transient', 'throttled', 'unreachable'] as const)(
    'is waited for when Meta’s answer is %s, but not for ever',
    async (kind) => {
      const graph = { recoverToken: () => Promise.reject(failure({ kind })) };
      await expect(look(reconcileWorld({ graph }))).rejects.toMatchObject({ kind });
      const world = reconcileWorld({ graph });
      await look(world, leaseWith({ looks: 4, foundAt: now - hour, addedAt: now - hour }));
      expect(world.readWith).toEqual([undefined]);
    },
  );

  it('is not looked for elsewhere when Meta is only slow', async () => {
    const world = reconcileWorld({ graph: { listAccountNumbers: () => failingList('unreachable') } });
    await expect(look(world)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(world.readWith).toEqual(['token-of-meta']);
  });

  it('of an account that Meta shows to none is looked for again, and then is the operator’s', async () => {
    const world = reconcileWorld({ graph: { listAccountNumbers: () => failingList('permission') } });
    expect(await look(world)).toEqual({ lookAgainAt: now + 30 * second, settled: false });
    expect(world.recovered).toEqual([]);
    expect(await look(world, lastLook)).toMatchObject(settled);
    expect(world.recovered).toMatchObject([{ number: undefined, reason: { code: 'account_unreadable' } }]);
  });
});

/** A list that Meta refuses. */
async function* failingList(
  kind: 'permission' | 'not_found' | 'auth' | 'unreachable',
): AsyncGenerator<AccountNumber> {
  await Promise.reject(failure({ kind }));
  yield numberWith();
}
