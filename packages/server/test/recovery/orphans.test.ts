import type { Simulator } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { expectLeftToOperator, expectOwned, untilRegistered } from './support/oracle.ts';
import { startRecoveryHost, type Popup, type RecoveryHost } from './support/recovery-host.ts';
import { day, delivery, hour, minute, refused } from './support/stories.ts';

let host: RecoveryHost;
afterEach(() => host.close());

const names = engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'); // the two names there are
const own = '+1 555 200 0001';

/** A customer brings their own number, and their browser dies in silence. Meta's webhook comes, or gets lost. */
async function silentOwnNumber(webhook: 'comes' | 'comes twice' | 'gets lost'): Promise<Popup> {
  await host.open('lucky-shrub');
  const popup = host.popup({ ownNumber: own, person: 'nora' });
  host.sim.setDelivery({
    drop: webhook === 'gets lost' ? 1_000 : 0,
    duplicates: webhook === 'comes twice' ? 1 : 0,
  });
  await host.deliver();
  host.sim.setDelivery({ drop: 0, duplicates: 0 });
  await host.until(26 * hour, async () => (await host.orphans()).length > 0);
  return popup;
}

describe.each(names)('an own number whose browser died, on %s', (engine) => {
  it.each(['comes', 'comes twice', 'gets lost'] as const)(
    'is shown to the operator once when the webhook %s, and stays one',
    async (webhook) => {
      host = await startRecoveryHost({ engine });
      const popup = await silentOwnNumber(webhook);
      const orphan = await expectLeftToOperator(host, popup);
      await host.restart();
      await host.wait(2 * day, 6 * hour);
      expect(await expectLeftToOperator(host, popup)).toBe(orphan);
      expect((await host.records()).length).toBe(1);
    },
  );

  it.each(['given', 'refused'] as const)(
    'is registered once the operator says whose it is, tokens %s',
    async (token) => {
      host = await startRecoveryHost({ engine });
      if (token === 'refused') host.sim.setFaults([refused('POST', '/*/system_user_access_tokens')]);
      const popup = await silentOwnNumber('comes');
      const orphan = await expectLeftToOperator(host, popup);
      const { status, body } = await host.post<object>(`/claims/${orphan}/assign`, {
        customerId: 'lucky-shrub',
      });
      expect({ status, body }).toMatchObject({ status: 200 });
      await untilRegistered(host, popup);
      const claim = await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: undefined });
      expect(claim.id).toBe(orphan);
      expect(await host.orphans()).toEqual([]);
      await host.wait(2 * day, 6 * hour);
      expect((await host.records()).length).toBe(1);
    },
  );

  it('is the customer’s who signs up for it again, and the orphan is put aside', async () => {
    host = await startRecoveryHost({ engine });
    const popup = await silentOwnNumber('comes');
    const orphan = await expectLeftToOperator(host, popup);
    const tab = await host.open('lucky-shrub');
    const again = host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    expect(again.phoneNumberId).toBe(popup.phoneNumberId);
    await host.claim(tab, delivery(again));
    await host.deliver();
    await untilRegistered(host, popup);
    const claim = await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: undefined });
    expect(claim.id).not.toBe(orphan);
    expect(await host.signup.claims.find(orphan)).toMatchObject({
      status: 'dismissed',
      reason: { code: 'owner_found' },
    });
    expect(host.toldOf('claimDismissed').map(({ claimId }) => claimId)).toEqual([orphan]);
    await host.wait(2 * day, 6 * hour);
    expect((await host.records()).length).toBe(2);
    expect(await host.orphans()).toEqual([]);
  });
});

describe('an orphan', () => {
  it('that the operator dismissed does not come back', async () => {
    host = await startRecoveryHost();
    const popup = await silentOwnNumber('comes');
    const orphan = await expectLeftToOperator(host, popup);
    expect((await host.post(`/claims/${orphan}/dismiss`)).status).toBe(200);
    host.sim.emit({ kind: 'partner-added', wabaId: popup.wabaId });
    await host.deliver();
    await host.wait(3 * day, 6 * hour);
    expect(await host.orphans()).toEqual([]);
    expect((await host.records()).map(({ id, status }) => ({ id, status }))).toEqual([
      { id: orphan, status: 'dismissed' },
    ]);
  });

  it('is nobody’s to see but the operator’s', async () => {
    host = await startRecoveryHost();
    const popup = await silentOwnNumber('comes');
    const orphan = await expectLeftToOperator(host, popup);
    for (const who of ['lucky-shrub', 'wind-and-wool']) {
      expect((await host.view(orphan, who)).status).toBe(404);
      expect((await host.open(who)).claims).toEqual([]);
    }
  });

  it('is not made of an account whose customer’s page did its work', async () => {
    host = await startRecoveryHost();
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ownNumber: own });
    await host.deliver();
    await host.claim(tab, delivery(popup));
    await untilRegistered(host, popup);
    await host.wait(3 * day, 3 * hour);
    await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: undefined });
    expect(await host.orphans()).toEqual([]);
  });

  it('is made for each number of an account, and for no number twice', async () => {
    host = await startRecoveryHost();
    await host.open('lucky-shrub');
    const one = host.popup({ ownNumber: own, person: 'nora' });
    const two = host.popup({ ownNumber: '+1 555 200 0002', person: 'nora', accountId: one.wabaId });
    await host.deliver();
    await host.wait(26 * hour, hour);
    const shown = (await host.orphans()).map(({ phoneNumberId }) => phoneNumberId);
    expect(shown).toHaveLength(2);
    expect(new Set(shown)).toEqual(new Set([one.phoneNumberId, two.phoneNumberId]));
  });
});

describe('an own number of a page that says nothing', () => {
  it('is shown to the operator within three hours, although no webhook came', async () => {
    host = await startRecoveryHost();
    const launched = host.now();
    await silentOwnNumber('gets lost');
    expect(await host.orphans()).toHaveLength(1);
    expect(host.now() - launched).toBeLessThan(3 * hour);
  });
});

describe('accounts that were connected before the kit came', () => {
  /** Signed up and registered by what the BSP had before. */
  async function connect(sim: Simulator, ownNumber: string): Promise<void> {
    const { code = '', phoneNumberId = '' } = sim.signUp({ ownNumber });
    const query = new URLSearchParams({ client_id: sim.appId, client_secret: sim.appSecret, code });
    const exchanged = await fetch(`${sim.url}/v26.0/oauth/access_token?${query}`);
    const { access_token: token } = (await exchanged.json()) as { access_token: string }; // as the simulator answers
    const registered = await fetch(`${sim.url}/v26.0/${phoneNumberId}/register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', pin: '246810' }),
    });
    if (!registered.ok) throw new Error(`register: ${registered.status}`);
  }

  it('are no orphans, and are not registered again', async () => {
    host = await startRecoveryHost({
      before: async (sim) => {
        for (const last of [1, 2, 3]) await connect(sim, `+1 555 200 000${last}`);
      },
    });
    const calls = host.sim.requests({ path: '/*/register' }).length;
    await host.wait(3 * day, 3 * hour);
    expect(await host.records()).toEqual([]);
    expect(host.told).toEqual([]);
    expect(host.sim.requests({ path: '/*/register' }).length).toBe(calls);
  });

  it('do not hide a customer of today', async () => {
    host = await startRecoveryHost({
      before: async (sim) => {
        for (const last of [1, 2, 3]) await connect(sim, `+1 555 200 000${last}`);
      },
    });
    await host.wait(day, 3 * hour);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    host.sim.setDelivery({ drop: 1_000 });
    await host.deliver();
    await untilRegistered(host, popup);
    await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id });
    expect((await host.records()).length).toBe(1);
  });
});

describe('a number that vanished from the pool', () => {
  async function deleteAtMeta(numberId: string): Promise<void> {
    const answer = await fetch(`${host.sim.url}/v26.0/${numberId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${host.sim.systemUserToken}` },
    });
    if (!answer.ok) throw new Error(`DELETE: ${answer.status}`);
  }

  it.each(['in time', 'an hour after the hold'])(
    'because somebody deleted it %s, though a silent customer held it, is nobody’s',
    async (when) => {
      host = await startRecoveryHost();
      const tab = await host.open('lucky-shrub');
      if (when !== 'in time') await host.wait(2 * hour);
      await deleteAtMeta(tab.numbers[0]?.id ?? '');
      await host.wait(3 * day, hour);
      expect(await host.records()).toEqual([]);
      expect(host.told).toEqual([]);
      expect(await host.poolNumber(tab.numbers[0]?.id ?? '')).toMatchObject({
        claimId: undefined,
        goneAt: expect.any(Number),
      });
    },
  );

  it('is no reason to give its holder another number that somebody took', async () => {
    host = await startRecoveryHost();
    const silent = await host.open('lucky-shrub');
    const tab = await host.open('wind-and-wool');
    await deleteAtMeta(silent.numbers[0]?.id ?? '');
    const popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    host.sim.setDelivery({ drop: 1_000 });
    await host.deliver();
    await untilRegistered(host, popup);
    await expectOwned(host, { customerId: 'wind-and-wool', popup, poolNumberId: tab.numbers[0]?.id });
    await host.wait(2 * day, 6 * hour);
    expect((await host.records()).length).toBe(1);
  });

  it('is found within the hour, although no webhook came', async () => {
    host = await startRecoveryHost();
    const tab = await host.open('lucky-shrub');
    host.pass(5 * minute);
    const popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    host.sim.setDelivery({ drop: 1_000 });
    await host.deliver();
    expect(await untilRegistered(host, popup)).toBeLessThan(45 * minute);
  });
});
