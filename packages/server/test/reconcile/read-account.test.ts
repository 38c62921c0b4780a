import { describe, expect, it } from 'vitest';
import { failure, listOf, now, numberWith } from '../registration/support/step-world.ts';
import { failingList, lastLook, look, settled } from './support/looks.ts';
import { hour, leaseWith, reconcileWorld, second } from './support/reconcile-world.ts';

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
