import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { expectLeftToOperator, expectOwned, liveOn, longEnough, untilRegistered } from './support/oracle.ts';
import { startRecoveryHost, type RecoveryHost } from './support/recovery-host.ts';
import { day, delivery, hour, minute, refused } from './support/stories.ts';

let host: RecoveryHost;
afterEach(() => host.close());

const names = engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'); // the two names there are
const tokens = ['given', 'refused'] as const;
// The short run asks PostgreSQL once.
const both = names
  .flatMap((engine) => tokens.map((token) => [engine, token] as const))
  .filter((_case, index) => index < 3 || process.env['TEST_LONG'] === '1');

async function start(
  engine: 'SQLite' | 'PostgreSQL',
  token: 'given' | 'refused',
  numbers: number,
): Promise<void> {
  host = await startRecoveryHost({ engine, numbers });
  if (token === 'refused') host.sim.setFaults([refused('POST', '/*/system_user_access_tokens')]);
}

const ids = ({ numbers }: { numbers: { id: string }[] }) => numbers.map(({ id }) => id);

/** The days that follow bring nothing new. */
async function expectToStay(check: () => Promise<unknown>): Promise<void> {
  await check();
  const before = (await host.records()).length;
  await host.wait(2 * day, 6 * hour);
  await check();
  expect((await host.records()).length, 'no claim comes of nothing').toBe(before);
}

describe.each(both)('a number that was taken in silence, on %s, tokens %s', (engine, token) => {
  it('is the operator’s to give when somebody else had it a day before: they know its id still', async () => {
    await start(engine, token, 1);
    const earlier = await host.open('wind-and-wool');
    await host.wait(25 * hour, hour);
    const tab = await host.open('lucky-shrub');
    expect(ids(tab)).toEqual(ids(earlier));
    const popup = host.popup({ ids: ids(tab) });
    await host.deliver();
    await host.wait(longEnough, hour);
    await expectToStay(() => expectLeftToOperator(host, popup));
  });

  it('is not the customer’s who held another one at the same time', async () => {
    await start(engine, token, 2);
    const tab = await host.open('lucky-shrub');
    const other = await host.open('wind-and-wool');
    expect(ids(other)).not.toEqual(ids(tab));
    const popup = host.popup({ ids: ids(tab) });
    await host.deliver();
    await untilRegistered(host, popup);
    await expectToStay(() =>
      expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] }),
    );
    expect((await host.records()).length).toBe(1);
  });

  it('is the operator’s to give when two customers launched with it within a day, and then theirs', async () => {
    await start(engine, token, 1);
    const first = await host.open('wind-and-wool');
    await host.wait(2 * hour);
    const tab = await host.open('lucky-shrub');
    expect(ids(tab)).toEqual(ids(first));
    const popup = host.popup({ ids: ids(tab) });
    await host.deliver();
    await host.wait(longEnough, hour);
    await expectToStay(() => expectLeftToOperator(host, popup));

    const orphan = await expectLeftToOperator(host, popup);
    expect((await host.post(`/claims/${orphan}/assign`, { customerId: 'lucky-shrub' })).status).toBe(200);
    await untilRegistered(host, popup);
    const owned = await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] });
    expect(owned.id).toBe(orphan);
  });

  it('is the operator’s to give, although one of the two delivered an event that names it', async () => {
    await start(engine, token, 1);
    const hostile = await host.open('wind-and-wool');
    await host.wait(2 * hour);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(tab) });
    await host.claim(hostile, popup.finish);
    await host.deliver();
    await host.wait(longEnough, hour);
    expect(
      liveOn(await host.records(), popup.phoneNumberId).map(({ customerId }) => customerId),
    ).not.toContain('wind-and-wool');
    await expectToStay(() => expectLeftToOperator(host, popup));
  });

  it('is its customer’s, whoever else names it', async () => {
    await start(engine, token, 2);
    const tab = await host.open('lucky-shrub');
    const hostile = await host.open('wind-and-wool');
    const popup = host.popup({ ids: ids(tab) });
    await host.claim(hostile, popup.finish);
    await host.deliver();
    await untilRegistered(host, popup);
    await expectToStay(() =>
      expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] }),
    );
  });

  it('is a customer’s once who opened two sessions for it', async () => {
    await start(engine, token, 1);
    const first = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(first) });
    host.pass(30 * minute);
    await host.open('lucky-shrub');
    await host.deliver();
    await untilRegistered(host, popup);
    await expectToStay(() =>
      expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(first)[0] }),
    );
    expect((await host.records()).length).toBe(1);
  });

  it('is a customer’s second one when their first session brought another', async () => {
    await start(engine, token, 2);
    const first = await host.open('lucky-shrub');
    const one = host.popup({ ids: ids(first), person: 'nora' });
    await host.claim(first, delivery(one));
    await untilRegistered(host, one);
    const second = await host.open('lucky-shrub');
    expect(ids(second)).not.toEqual(ids(first));
    const two = host.popup({ ids: ids(second), person: 'nora' });
    await host.deliver();
    await untilRegistered(host, two);
    await expectOwned(host, { customerId: 'lucky-shrub', popup: two, poolNumberId: ids(second)[0] });
    await expectOwned(host, { customerId: 'lucky-shrub', popup: one, poolNumberId: ids(first)[0] });
  });

  it('is a customer’s beside the own number that the same session brought', async () => {
    await start(engine, token, 1);
    const tab = await host.open('lucky-shrub');
    const own = host.popup({ ownNumber: '+1 555 200 0001', person: 'nora' });
    await host.claim(tab, delivery(own));
    await untilRegistered(host, own);
    const popup = host.popup({ ids: ids(tab), person: 'nora' });
    await host.deliver();
    await untilRegistered(host, popup);
    await expectToStay(async () => {
      await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] });
      await expectOwned(host, { customerId: 'lucky-shrub', popup: own, poolNumberId: undefined });
    });
  });

  it('is never the customer’s whose session brought another number before it was set aside for somebody else', async () => {
    await start(engine, token, 1);
    const first = await host.open('wind-and-wool');
    const own = host.popup({ ownNumber: '+1 555 200 0001' });
    await host.claim(first, delivery(own));
    await untilRegistered(host, own);
    await host.wait(2 * hour);
    const tab = await host.open('lucky-shrub');
    expect(ids(tab)).toEqual(ids(first));
    const popup = host.popup({ ids: ids(tab) });
    await host.deliver();
    await host.wait(longEnough, hour);
    const owners = liveOn(await host.records(), popup.phoneNumberId).map(({ customerId }) => customerId);
    expect(owners).not.toContain('wind-and-wool');
    // Their popup may still have been open: a person who asks both is safer than a guess.
    if (owners.length === 0) await expectLeftToOperator(host, popup);
    else await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] });
  });

  it('is the customer’s who proves it with a token of their own, whatever the operator was asked', async () => {
    await start(engine, token, 1);
    await host.open('wind-and-wool');
    await host.wait(2 * hour);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(tab), person: 'nora' });
    await host.deliver();
    await host.wait(6 * hour);
    const orphan = await expectLeftToOperator(host, popup);

    const again = await host.open('lucky-shrub');
    const shared = host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    await host.claim(again, delivery(shared));
    await host.deliver();
    await untilRegistered(host, popup);
    await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] });
    expect(await host.signup.claims.find(orphan)).toMatchObject({
      status: 'dismissed',
      customerId: '',
      reason: { code: 'owner_found' },
    });
    expect(await host.orphans()).toEqual([]);
  });
});

describe('a number that was taken in silence, of which no webhook came', () => {
  it('is its customer’s when nobody else ever had it, found by the lists alone', async () => {
    await start('SQLite', 'given', 1);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(tab) });
    host.sim.setDelivery({ drop: 1_000 });
    await host.deliver();
    await untilRegistered(host, popup);
    await expectToStay(() =>
      expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] }),
    );
  });

  it('is the operator’s to give when two customers launched with it within a day', async () => {
    await start('SQLite', 'given', 1);
    await host.open('wind-and-wool');
    await host.wait(2 * hour);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(tab) });
    host.sim.setDelivery({ drop: 1_000 });
    await host.deliver();
    await host.wait(longEnough, hour);
    await expectToStay(() => expectLeftToOperator(host, popup));
  });
});

describe('a number that the provider’s staff put on a customer’s account by hand', () => {
  it.each(['comes', 'gets lost'])(
    'is not the other customer’s for whom it was set aside, when the webhook %s',
    async (webhook) => {
      host = await startRecoveryHost({ numbers: 2 });
      const tab = await host.open('wind-and-wool');
      const popup = host.popup({ ids: ids(tab) });
      await host.claim(tab, delivery(popup));
      await host.deliver();
      await untilRegistered(host, popup);
      const silent = await host.open('lucky-shrub');
      const [numberId = ''] = ids(silent);
      const attached = await fetch(`${host.sim.url}/v26.0/${popup.wabaId}/phone_numbers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${host.sim.systemUserToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          cc: '1',
          phone_number: (silent.numbers[0]?.phoneNumber ?? '').slice('+1'.length),
          verified_name: 'Wind & Wool',
          preverified_id: numberId,
        }),
      });
      expect(attached.status).toBe(200);
      if (webhook === 'comes') host.sim.emit({ kind: 'partner-added', wabaId: popup.wabaId });
      await host.deliver();
      await host.wait(3 * day, hour);
      const onAccount = host.sim.state().phoneNumbers.filter(({ wabaId }) => wabaId === popup.wabaId);
      expect(onAccount).toHaveLength(2);
      const put = onAccount.find(({ id }) => id !== popup.phoneNumberId);
      const owners = liveOn(await host.records(), put?.id).map(({ customerId }) => customerId);
      expect(owners).not.toContain('lucky-shrub');
      expect(host.registerCalls(put?.id ?? '')).toBe(owners.length);
      const shown = (await host.orphans()).filter(({ phoneNumberId }) => phoneNumberId === put?.id);
      expect([...owners, ...shown], 'somebody is asked').toHaveLength(1);
      await expectOwned(host, { customerId: 'wind-and-wool', popup, poolNumberId: ids(tab)[0] });
    },
  );
});

describe('an account that nobody can look into', () => {
  it('is looked at again, and its number is the customer’s once it can be read', async () => {
    host = await startRecoveryHost({ sim: { assume: { sharedAccountsVisibleToSystemUser: false } } });
    const faults = [refused('POST', '/*/system_user_access_tokens')];
    host.sim.setFaults(faults);
    const tab = await host.open('lucky-shrub');
    const popup = host.popup({ ids: ids(tab) });
    await host.deliver();
    await host.wait(3 * hour);
    expect(liveOn(await host.records(), popup.phoneNumberId)).toEqual([]);
    host.sim.setFaults([]);
    await untilRegistered(host, popup);
    await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: ids(tab)[0] });
  });
});
