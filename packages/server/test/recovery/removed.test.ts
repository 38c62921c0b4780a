import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import type { Claim } from '../../src/ports/records.ts';
import { expectOwned, liveOn, untilRegistered } from './support/oracle.ts';
import { startRecoveryHost, type Popup, type RecoveryHost, type Tab } from './support/recovery-host.ts';
import { day, delivery, hour, minute, second } from './support/stories.ts';

let host: RecoveryHost;
let tab: Tab;
let popup: Popup;
afterEach(() => host.close());

const names = engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'); // the two names there are

/** A customer whose number is in service. */
async function inService(engine: 'SQLite' | 'PostgreSQL' = 'SQLite', over: object = {}): Promise<Claim> {
  host = await startRecoveryHost({ engine, numbers: 2 });
  tab = await host.open('lucky-shrub');
  popup = host.popup({ ids: tab.numbers.map(({ id }) => id), person: 'nora', ...over });
  await host.claim(tab, delivery(popup));
  await host.deliver();
  await untilRegistered(host, popup);
  host.pass(hour);
  return expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id });
}

async function expectEnded({ id }: Claim): Promise<void> {
  expect(await host.signup.claims.find(id)).toMatchObject({
    status: 'ended',
    reason: { code: 'partner_removed' },
  });
  expect(host.toldOf('claimEnded').map(({ claimId }) => claimId)).toEqual([id]);
  expect(host.toldOf('claimEnded')[0]?.data).toMatchObject({
    claim: { customerId: 'lucky-shrub', status: 'ended', reason: { code: 'partner_removed' } },
  });
}

const endings = {
  PARTNER_REMOVED: () => host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId }),
  'PARTNER_REMOVED with a reason': () =>
    host.sim.emit({
      kind: 'partner-removed',
      wabaId: popup.wabaId,
      reason: 'ACCOUNT_DISCONNECTED',
      initiatedBy: 'USER',
    }),
  'PARTNER_REMOVED that names the number alone': () =>
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId, phoneNumberId: popup.phoneNumberId }),
  'PARTNER_APP_UNINSTALLED as in Meta’s example': () =>
    host.sim.emit({ kind: 'partner-app-uninstalled', wabaId: popup.wabaId, shape: 'example' }),
  'PARTNER_APP_UNINSTALLED as every other change': () =>
    host.sim.emit({ kind: 'partner-app-uninstalled', wabaId: popup.wabaId, shape: 'regular' }),
  ACCOUNT_DELETED: () =>
    host.sim.emit({ kind: 'account-update', wabaId: popup.wabaId, event: 'ACCOUNT_DELETED' }),
} satisfies Record<string, () => unknown>;
const everyEnding = Object.keys(endings) as (keyof typeof endings)[];

describe.each(names)('a number in service, on %s', (engine) => {
  it.each(everyEnding)('leaves with %s, the host is told once, and nobody is offered it', async (ending) => {
    const claim = await inService(engine);
    host.sim.setDelivery({ duplicates: 1 });
    endings[ending]();
    await host.deliver();
    await host.wait(hour);
    await expectEnded(claim);
    await host.deliver();
    await host.wait(3 * day, 6 * hour);
    await expectEnded(claim);
    expect(await host.orphans()).toEqual([]);
    expect((await host.records()).length).toBe(1);
    for (const customer of ['wind-and-wool', 'third', 'fourth']) {
      expect((await host.open(customer)).numbers.map(({ id }) => id)).not.toContain(tab.numbers[0]?.id);
    }
  });
});

describe('a number in service', () => {
  it('stays when PARTNER_APP_UNINSTALLED names no account', async () => {
    const claim = await inService();
    host.sim.emit({ kind: 'partner-app-uninstalled', wabaId: popup.wabaId, shape: 'without-waba-info' });
    await host.deliver();
    await host.wait(hour);
    // Nobody can tell which account it was about; what the lists say is another matter.
    expect(await host.signup.claims.find(claim.id)).toMatchObject({ phoneNumberId: popup.phoneNumberId });
    expect(host.toldOf('claimEnded').length).toBeLessThan(2);
  });

  it.each([
    'PARTNER_ADDED',
    'PARTNER_APP_INSTALLED as in Meta’s example',
    'PARTNER_APP_INSTALLED as every other change',
  ])('stays as it is when %s comes again', async (what) => {
    const claim = await inService();
    const { wabaId } = popup;
    host.sim.setDelivery({ duplicates: 2, order: 'shuffled' });
    if (what === 'PARTNER_ADDED') host.sim.emit({ kind: 'partner-added', wabaId });
    else
      host.sim.emit({
        kind: 'partner-app-installed',
        wabaId,
        shape: what.includes('example') ? 'example' : 'regular',
      });
    await host.deliver();
    await host.wait(2 * day, 6 * hour);
    const owned = await expectOwned(host, {
      customerId: 'lucky-shrub',
      popup,
      poolNumberId: tab.numbers[0]?.id,
    });
    expect(owned.id).toBe(claim.id);
    expect((await host.records()).length).toBe(1);
  });

  it.each(['ACCOUNT_RESTRICTION', 'ACCOUNT_VIOLATION', 'DISABLED_UPDATE', 'ACCOUNT_OFFBOARDED'] as const)(
    'stays when %s is told of its account',
    async (event) => {
      await inService();
      host.sim.emit({ kind: 'account-update', wabaId: popup.wabaId, event });
      await host.deliver();
      await host.wait(hour);
      await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id });
    },
  );

  it('leaves alone when the other number of the account does, and Meta names that one', async () => {
    const claim = await inService();
    const next = await host.open('lucky-shrub');
    const other = host.popup({
      ids: next.numbers.map(({ id }) => id),
      person: 'nora',
      accountId: popup.wabaId,
    });
    await host.claim(next, delivery(other));
    await untilRegistered(host, other);
    host.sim.emit({ kind: 'partner-removed', wabaId: other.wabaId, phoneNumberId: other.phoneNumberId });
    await host.deliver();
    await host.wait(hour);
    expect(await host.signup.claims.find(claim.id)).toMatchObject({ status: 'registered' });
    expect(liveOn(await host.records(), other.phoneNumberId)).toEqual([]);
    expect(host.toldOf('claimEnded').length).toBe(1);
  });

  it('of another account stays', async () => {
    const claim = await inService();
    const others = await host.open('wind-and-wool');
    const other = host.popup({ ids: others.numbers.map(({ id }) => id) });
    await host.claim(others, delivery(other));
    await untilRegistered(host, other);
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId });
    await host.deliver();
    await host.wait(hour);
    await expectEnded(claim);
    await expectOwned(host, {
      customerId: 'wind-and-wool',
      popup: other,
      poolNumberId: others.numbers[0]?.id,
    });
  });
});

describe('a number that stays on the WhatsApp Business app', () => {
  it('leaves with PARTNER_REMOVED that names it, and nobody is asked about its account', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    popup = host.popup({ ownNumber: '+1 555 200 0001', outcome: 'coexistence' });
    const { body } = await host.claim(tab, delivery(popup));
    await host.deliver();
    await host.wait(2 * hour);
    const [claim] = await host.records();
    expect(claim).toMatchObject({ id: body.claim.id, status: 'coexistence' });
    if (claim === undefined) throw new Error('no claim');
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId, phoneNumberId: claim.phoneNumberId });
    await host.deliver();
    await host.wait(2 * day, hour);
    await expectEnded(claim);
    expect((await host.records()).map(({ id }) => id)).toEqual([claim.id]);
  });
});

describe('a customer who takes the account away', () => {
  it.each(['in their order', 'in the wrong order'])(
    'before anybody looked at it leaves nobody behind who owns the number: webhooks %s',
    async (how) => {
      host = await startRecoveryHost();
      tab = await host.open('lucky-shrub');
      host.sim.setDelivery({ delayMs: how === 'in their order' ? 0 : hour });
      popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
      host.sim.setDelivery({ delayMs: 0 });
      host.pass(2 * second);
      host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId });
      await host.deliver('due');
      await host.wait(2 * hour);
      await host.deliver();
      await host.wait(2 * day, hour);
      expect(liveOn(await host.records(), popup.phoneNumberId)).toEqual([]);
      expect(host.toldOf('claimRegistered')).toEqual([]);
      expect(await host.orphans()).toEqual([]);
    },
  );

  it('is heard although Meta tells it before it tells of the sign-up', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    host.sim.setDelivery({ delayMs: 2 * hour, duplicates: 1 });
    popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    await host.claim(tab, delivery(popup));
    await untilRegistered(host, popup);
    const claim = await expectOwned(host, {
      customerId: 'lucky-shrub',
      popup,
      poolNumberId: tab.numbers[0]?.id,
    });
    host.pass(minute);
    host.sim.setDelivery({ delayMs: 0 });
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId });
    expect(await host.deliver('due')).toBeGreaterThan(0);
    await host.wait(hour);
    await expectEnded(claim);
    expect(await host.deliver()).toBeGreaterThan(0);
    await host.wait(2 * day, hour);
    await expectEnded(claim);
    expect((await host.records()).length).toBe(1);
  });

  it.each([
    'PARTNER_REMOVED comes in time',
    'PARTNER_REMOVED comes a day late',
    'PARTNER_REMOVED comes twice',
  ])('and gives it back keeps the newer claim: %s', async (how) => {
    const old = await inService();
    if (how.endsWith('late')) host.sim.setDelivery({ delayMs: day });
    if (how.endsWith('twice')) host.sim.setDelivery({ duplicates: 1 });
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId });
    if (!how.endsWith('late')) await host.deliver();
    host.sim.setDelivery({ delayMs: 0 });
    await host.wait(hour);
    const again = await host.open('lucky-shrub');
    const shared = host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    expect(shared.phoneNumberId).toBe(popup.phoneNumberId);
    const { body } = await host.claim(again, delivery(shared));
    await host.wait(minute, 5 * second);
    expect(await host.signup.claims.find(body.claim.id)).toMatchObject({ status: 'registered' });
    // Meta's word about the time before comes, or comes again.
    await host.wait(day, hour);
    await host.deliver();
    await host.wait(2 * day, 6 * hour);
    expect(await host.signup.claims.find(body.claim.id)).toMatchObject({
      status: 'registered',
      customerId: 'lucky-shrub',
      phoneNumberId: popup.phoneNumberId,
    });
    expect(await host.signup.claims.find(old.id)).toMatchObject({ status: 'ended' });
    expect(liveOn(await host.records(), popup.phoneNumberId).map(({ id }) => id)).toEqual([body.claim.id]);
  });

  it('and gives it back in silence gets the number back when it was the pool’s', async () => {
    const old = await inService();
    host.sim.emit({ kind: 'partner-removed', wabaId: popup.wabaId });
    await host.deliver();
    await host.wait(hour);
    await expectEnded(old);
    await host.open('lucky-shrub');
    host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    await host.deliver();
    await host.wait(day, hour);
    // They launched with it once, and nobody else did; a person who is asked is right as well.
    const live = liveOn(await host.records(), popup.phoneNumberId);
    const shown = (await host.orphans()).filter(({ phoneNumberId }) => phoneNumberId === popup.phoneNumberId);
    expect([...live.map(({ customerId }) => customerId), ...shown.map(() => 'operator')]).toHaveLength(1);
    for (const { customerId } of live) expect(customerId).toBe('lucky-shrub');
  });
});
