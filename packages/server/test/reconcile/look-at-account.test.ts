import { describe, expect, it } from 'vitest';
import type { AccountNumber } from '../../src/ports/graph.ts';
import { claimWith, now, numberWith } from '../registration/support/step-world.ts';
import { failingList, later, lastLook, look, noPool, old, settled } from './support/looks.ts';
import { claimsAre, day, hour, leaseWith, minute, reconcileWorld } from './support/reconcile-world.ts';

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
