import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../../support/host.ts';
import { deliver } from '../operator/support/staff.ts';
import { count, on, see, signUp } from './support/sign-up.ts';

const minute = 60_000;
const hour = 60 * minute;
const register = 'POST /:id/register';
const own = (n: number) => `+1 555 300 000${n}`;

let host: TestHost;
beforeEach(async () => {
  host = await startHost();
});
afterEach(() => host.close());

describe('a number that stays on the WhatsApp Business app', () => {
  it('is found by Meta’s word when the event names only the account, and never registered', async () => {
    const { id } = await signUp(host, { outcome: 'coexistence', ownNumber: own(1) });
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({
      status: 'coexistence',
      numberSource: 'own',
      phoneNumber: '+15553000001',
    });
    expect(count(host, register)).toBe(0);
  });

  it('is found among others on the account', async () => {
    const first = await signUp(host, { ownNumber: own(1), person: 'nora' });
    await host.settle();
    const { id } = await signUp(host, {
      outcome: 'coexistence',
      ownNumber: own(2),
      person: 'nora',
      accountId: first.wabaId,
    });
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'coexistence', phoneNumber: '+15553000002' });
    expect(count(host, register)).toBe(1);
  });
});

describe('a sign-up that only shares what is there already', () => {
  it('is registered as it is found when the number is in service', async () => {
    const first = await signUp(host, { ownNumber: own(1), person: 'nora' });
    await host.settle();
    const again = await signUp(host, { outcome: 'app_only', person: 'nora', accountId: first.wabaId });
    await host.settle();
    const { claim, whats } = await see(host, again.id);
    expect(claim).toMatchObject({ status: 'registered', phoneNumber: '+15553000001' });
    expect(whats).toContain('found registered');
    expect((await see(host, first.id)).claim).toMatchObject({
      status: 'ended',
      reason: { code: 'replaced' },
    });
    expect(count(host, register)).toBe(1);
  });
});

describe('an on-behalf-of migration', () => {
  it('is what proof says', async () => {
    const { id } = await signUp(host, { outcome: 'obo_migration', ownNumber: own(1) });
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'registered', phoneNumber: '+15553000001' });
  });
});

describe('an account with several numbers, none of which was named', () => {
  it('is left to the operator, and goes on with the one that they choose', async () => {
    const nora = { person: 'nora' };
    const first = await signUp(host, { ownNumber: own(1), ...nora });
    const other = await deliver(
      host,
      'lucky-shrub',
      { ownNumber: own(2), ...nora, accountId: first.wabaId },
      { event: false },
    );
    await host.settle();
    expect((await see(host, other.id)).claim).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'several_numbers' },
    });
    await host.signup.claims.assign(other.id, 'mara', { phoneNumberId: other.phoneNumberId ?? '' });
    await host.settle();
    expect((await see(host, other.id)).claim).toMatchObject({
      status: 'registered',
      phoneNumber: '+15553000002',
    });
  });
});

describe('a finish without a number, on an account that the operator names', () => {
  it('is looked for there', async () => {
    const nora = { person: 'nora' };
    const first = await signUp(host, { ownNumber: own(1), ...nora });
    await host.settle();
    const { id } = await signUp(host, { outcome: 'only_waba', ...nora, accountId: first.wabaId });
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('no_number');
    await host.signup.claims.assign(id, 'mara', { wabaId: first.wabaId });
    await host.settle();
    expect((await see(host, id)).claim).toMatchObject({ status: 'registered', phoneNumber: '+15553000001' });
  });
});

describe('an answer about the token that cannot be read', () => {
  it('is asked for again, and ends no claim before a day is over', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('GET', '/debug_token', { kind: 'html' }, 'always')]);
    for (let tries = 0; tries < 12; tries += 1) {
      await host.signup.runDue();
      host.pass(15 * minute);
    }
    const { claim } = await see(host, id);
    expect(claim).toMatchObject({ status: 'received', reason: { code: 'graph:unreadable' } });
    expect(claim.reason?.message).toContain('tried again by itself');
    host.pass(24 * hour);
    await host.signup.runDue();
    const later = (await see(host, id)).claim;
    expect(later).toMatchObject({ status: 'needs_operator', reason: { code: 'graph:unreadable' } });
    host.sim.setFaults([]);
    await host.signup.claims.retry(id, 'mara');
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
  });

  it('that is read at last lets the claim go on', async () => {
    const { id } = await signUp(host);
    host.sim.setFaults([on('GET', '/debug_token', { kind: 'malformed' }, 8)]);
    await host.settle();
    expect((await see(host, id)).claim.status).toBe('registered');
  });
});
