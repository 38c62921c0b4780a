import { afterEach, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { expectOwned, untilRegistered } from './support/oracle.ts';
import { startRecoveryHost, type Popup, type RecoveryHost, type Tab } from './support/recovery-host.ts';
import { day, delivery, hour, minute, refused } from './support/stories.ts';

let host: RecoveryHost;
let tab: Tab;
let popup: Popup;
afterEach(() => host.close());

const names = engines.map(({ name }) => name as 'SQLite' | 'PostgreSQL'); // the two names there are

async function start(engine: 'SQLite' | 'PostgreSQL' = 'SQLite'): Promise<void> {
  host = await startRecoveryHost({ engine, sim: { businessTokenLifetime: 60 * day } });
  tab = await host.open('lucky-shrub');
  popup = host.popup({ ids: tab.numbers.map(({ id }) => id), person: 'nora' });
}

async function signUp(): Promise<void> {
  await host.claim(tab, delivery(popup));
  await host.deliver();
  await untilRegistered(host, popup);
  await expectOwned(host, { customerId: 'lucky-shrub', popup, poolNumberId: tab.numbers[0]?.id });
}

/** The days before its end on which the host was told, of 60 that the token lives. */
function daysBefore(signedUpAt: number): number[] {
  return host
    .toldOf('tokenExpiring')
    .map(({ occurredAt }) => Math.abs(Math.round((signedUpAt + 60 * day - Date.parse(occurredAt)) / day)));
}

describe.each(names)('a customer’s token that lives 60 days, on %s', (engine) => {
  it('is warned of 14, 7, 3, 1 and 0 days before its end, once each, over restarts and on two nodes', async () => {
    await start(engine);
    const signedUpAt = host.now();
    await host.addNode();
    await signUp();
    await host.wait(44 * day, 11 * day);
    for (let past = 44; past < 64; past += 1) {
      if (past % 4 === 0) await host.restart();
      await host.wait(day, day);
    }
    expect(daysBefore(signedUpAt)).toEqual([14, 7, 3, 1, 0]);
    const [claim] = await host.records();
    for (const event of host.toldOf('tokenExpiring')) {
      expect(event).toMatchObject({
        claimId: claim?.id,
        data: { claim: { customerId: 'lucky-shrub', wabaId: popup.wabaId } },
      });
    }
    expect(host.toldOf('claimEnded')).toEqual([]);
  });
});

describe('a customer’s token', () => {
  it('is warned of when Meta gave it because the browser died', async () => {
    await start();
    const signedUpAt = host.now();
    await host.deliver();
    await untilRegistered(host, popup);
    await host.wait(44 * day, 11 * day);
    await host.wait(20 * day, day);
    expect(daysBefore(signedUpAt)).toEqual([14, 7, 3, 1, 0]);
  });

  it('is warned of once when nobody was at work as it came near its end', async () => {
    await start();
    const signedUpAt = host.now();
    await signUp();
    host.pass(58 * day);
    await host.restart();
    await host.wait(hour);
    expect(daysBefore(signedUpAt)).toEqual([2]);
  });

  it('is of no interest any more once the customer signed up again', async () => {
    await start();
    const signedUpAt = host.now();
    await signUp();
    await host.wait(50 * day, 2 * day);
    expect(daysBefore(signedUpAt)).toEqual([14]);
    const again = await host.open('lucky-shrub');
    const shared = host.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
    await host.claim(again, delivery(shared));
    await host.deliver();
    await host.wait(minute);
    await host.wait(30 * day, day);
    expect(daysBefore(signedUpAt)).toEqual([14]);
  });

  it('that lives for ever is warned of never', async () => {
    host = await startRecoveryHost();
    tab = await host.open('lucky-shrub');
    popup = host.popup({ ids: tab.numbers.map(({ id }) => id) });
    await signUp();
    await host.wait(100 * day, 5 * day);
    expect(host.toldOf('tokenExpiring')).toEqual([]);
  });

  it('that Meta refuses to give is warned of never', async () => {
    await start();
    host.sim.setFaults([refused('POST', '/*/system_user_access_tokens')]);
    await host.deliver();
    await untilRegistered(host, popup);
    await host.wait(62 * day, 2 * day);
    expect(host.toldOf('tokenExpiring')).toEqual([]);
  });
});
