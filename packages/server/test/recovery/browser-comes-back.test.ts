import { afterEach, describe, expect, it } from 'vitest';
import { expectOwned, untilRegistered } from './support/oracle.ts';
import { startRecoveryHost, type Popup, type RecoveryHost, type Tab } from './support/recovery-host.ts';
import { day, delivery, hour, minute, refused, second } from './support/stories.ts';

let host: RecoveryHost;
let tab: Tab;
let popup: Popup;
afterEach(() => host.close());

/** The number was registered because Meta spoke; the customer's page knows nothing of it. */
async function recovered(token: 'given' | 'refused', kept: 'nothing' | 'event'): Promise<string> {
  host = await startRecoveryHost();
  if (token === 'refused') host.sim.setFaults([refused('POST', '/*/system_user_access_tokens')]);
  tab = await host.open('lucky-shrub');
  popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
  if (kept === 'event') await host.claim(tab, popup.finish);
  await host.deliver();
  await untilRegistered(host, popup);
  return (await owned()).id;
}
const owned = () => expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id });

const comebacks = {
  'the event': () => host.claim(tab, popup.finish),
  'a code that is dead': () => host.claim(tab, { code: popup.code }),
  'the event and a code that is dead': () => host.claim(tab, delivery(popup)),
  'the event first and a code that is dead then': async () => {
    await host.claim(tab, popup.finish);
    await host.run();
    return host.claim(tab, { code: popup.code });
  },
};

const cases = (['given', 'refused'] as const).flatMap((token) =>
  (['nothing', 'event'] as const).flatMap((kept) =>
    (Object.keys(comebacks) as (keyof typeof comebacks)[]).map(
      (comeback) => [token, kept, comeback] as const,
    ),
  ),
);

describe('a page that comes back to its session after its claim was recovered', () => {
  it.each(cases)(
    'finds the same claim: token %s, the host had heard %s, and now it brings %s',
    async (token, kept, comeback) => {
      const id = await recovered(token, kept);
      const tokenBefore = await host.token(popup.wabaId);
      host.pass(10 * minute);
      const answer = await comebacks[comeback]();
      expect(answer.status).toBeLessThan(300);
      expect(answer.body.claim).toMatchObject({
        id,
        status: 'registered',
        phoneNumberId: popup.phoneNumberId,
      });
      await host.wait(day, hour);
      expect((await owned()).id).toBe(id);
      expect((await host.records()).map((claim) => claim.id)).toEqual([id]);
      expect(await host.token(popup.wabaId)).toBe(tokenBefore);
    },
  );

  it('may read the claim with its session, and its customer without one', async () => {
    const id = await recovered('given', 'nothing');
    expect(await host.view(id, tab)).toMatchObject({
      status: 200,
      body: { claim: { id, status: 'registered' } },
    });
    expect((await host.view(id, 'lucky-shrub')).status).toBe(200);
    expect((await host.view(id, 'wind-and-wool')).status).toBe(404);
  });

  it('brings its code in time, while the account is being looked at, and keeps one claim', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    await host.deliver();
    await host.run();
    for (let waited = 0; waited < 25; waited += 5) {
      host.pass(5 * second);
      await host.run();
    }
    await host.claim(tab, delivery(popup));
    await untilRegistered(host, popup);
    await owned();
    await host.wait(day, hour);
    await owned();
    expect((await host.records()).length).toBe(1);
    expect(await host.token(popup.wabaId)).toEqual(expect.any(String));
  });
});

describe('a customer who opens the page again', () => {
  it.each(['without the old session', 'with the old session'])(
    'sees the claim that is being recovered, %s',
    async (how) => {
      host = await startRecoveryHost();
      tab = await host.open('lucky-shrub');
      popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
      host.sim.setFaults([
        {
          match: { path: '/*/register' },
          times: 'always',
          fault: {
            kind: 'error',
            status: 500,
            error: { code: 2, message: 'Service temporarily unavailable' },
          },
        },
      ]);
      await host.deliver();
      await host.wait(30 * minute, minute);
      const [claim] = await host.records();
      const again = await host.open('lucky-shrub', how.startsWith('without') ? undefined : tab);
      expect(again.claims).toMatchObject([{ id: claim?.id, phoneNumberId: popup.phoneNumberId }]);
      expect(again.numbers.map(({ id }) => id)).not.toContain(tab.numbers[0]?.id);
    },
  );

  it.each(['without the old session', 'with the old session'])(
    'is not given the number again that is theirs already, %s',
    async (how) => {
      await recovered('given', 'nothing');
      const again = await host.open('lucky-shrub', how.startsWith('without') ? undefined : tab);
      expect(again.numbers.map(({ id }) => id)).not.toContain(tab.numbers[0]?.id);
    },
  );

  it('signs up again with the same account, and the newer claim takes the number over', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    popup = host.popup({ ids: tab.numbers.map(({ id }) => id), person: 'nora' });
    await host.deliver();
    await untilRegistered(host, popup);
    const { id: old } = await owned();
    host.pass(2 * hour);
    const again = await host.open('lucky-shrub');
    const shared = host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    expect(shared.phoneNumberId).toBe(popup.phoneNumberId);
    const { body } = await host.claim(again, delivery(shared));
    await host.deliver();
    await host.wait(6 * hour);
    expect(await host.signup.claims.find(old)).toMatchObject({
      status: 'ended',
      reason: { code: 'replaced' },
    });
    expect(await host.signup.claims.find(body.claim.id)).toMatchObject({
      status: 'registered',
      customerId: 'lucky-shrub',
      phoneNumberId: popup.phoneNumberId,
    });
    expect(host.registerCalls(popup.phoneNumberId ?? '')).toBe(1);
    expect(host.toldOf('claimEnded')).toEqual([]);
  });

  it('of two tabs comes back to the older one, and nothing is left open for them', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    host.pass(10 * minute);
    await host.open('lucky-shrub');
    await host.deliver();
    await untilRegistered(host, popup);
    const { id } = await owned();
    await host.claim(tab, delivery(popup));
    await host.wait(day, hour);
    expect((await owned()).id).toBe(id);
    const open = (await host.open('lucky-shrub')).claims;
    expect(open.map(({ status, reason }) => ({ status, reason }))).toEqual([]);
  });
});
