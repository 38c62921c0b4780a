import { describe, expect, test } from 'vitest';
import { at, text } from '../support/graph-client.ts';
import { playground, seedOne } from '../support/playground.ts';
import { openPopup, toNumberScreen, withNumber } from '../support/popup-client.ts';
import { messageOf, open, pressAll } from './support/walk.ts';

const OWN = '+442079460958';

describe('a customer without a number', () => {
  test('finishes with an account only', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, {}));
    const finished = await pressAll(await number.choose('Continue without a number'), 'Finish');
    const { accounts, phoneNumbers } = simulator.state();
    expect(phoneNumbers).toEqual([]);
    expect(messageOf(finished)).toMatchObject({
      event: 'FINISH_ONLY_WABA',
      data: { waba_id: accounts[0]?.id },
    });
    expect(text(finished.handOver(), 'login')).toContain('code=AQ');
  });

  test('cannot finish so in v2', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, { version: 'v2', sessionInfoVersion: '3' }));
    expect(number.labels).not.toContain('Continue without a number');
    const refused = await number.press('Continue', { number: 'none' });
    expect(refused).toMatchObject({ name: 'number', problem: expect.any(String) });
  });
});

describe('a customer with the WhatsApp Business app', () => {
  const COEXISTENCE = { version: 'v3', featureType: 'whatsapp_business_app_onboarding' };

  test('brings its number without a code', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, COEXISTENCE));
    const nonsense = await number.press('Continue', { businessAppNumber: 'my app' });
    expect(nonsense).toMatchObject({ name: 'number', problem: expect.stringContaining('country code') });
    const review = await nonsense.press('Continue', { businessAppNumber: OWN });
    expect(review).toMatchObject({ name: 'review' });
    expect(review.html).toContain('stays in the WhatsApp Business app');
    const finished = await review.press('Finish');
    const { accounts, phoneNumbers } = simulator.state();
    expect(messageOf(finished)).toMatchObject({
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      version: 3,
      data: { waba_id: accounts[0]?.id },
    });
    expect(phoneNumbers).toMatchObject([{ phoneNumber: OWN, isPreverified: false }]);
    expect(simulator.inbox()).toEqual([]);
  });

  test('has the number named in the message only where that is assumed', async () => {
    for (const partialFinishNamesNumber of [false, true]) {
      const simulator = await playground({ assume: { partialFinishNamesNumber } });
      const number = await toNumberScreen(await open(simulator, COEXISTENCE));
      const finished = await pressAll(await number.press('Continue', { businessAppNumber: OWN }), 'Finish');
      const id = simulator.state().phoneNumbers[0]?.id;
      expect(at(messageOf(finished), 'data', 'phone_number_id')).toBe(
        partialFinishNamesNumber ? id : undefined,
      );
    }
  });

  test('is asked for it only when the launch says so', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, {}));
    expect(number.labels).not.toContain('Use the number of my WhatsApp Business app');
    const refused = await number.press('Continue', { number: 'business-app', businessAppNumber: OWN });
    expect(refused).toMatchObject({ name: 'number', problem: expect.any(String) });
  });

  test('may take the offered number all the same, which stays the first choice', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const logIn = await open(simulator, { ...COEXISTENCE, setup: withNumber(id) });
    const finished = await pressAll(logIn, 'Continue', 'Continue', 'Continue', 'Finish');
    expect(messageOf(finished)).toMatchObject({ event: 'FINISH' });
  });
});

describe('the verification', () => {
  test('can be put off from v3 on, and the number stays unverified', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, { version: 'v3' }));
    const verification = await number.press('Continue', { ownNumber: OWN });
    const review = await verification.press('Skip for now');
    expect(review.html).toContain('not verified yet');
    const finished = await review.press('Finish');
    const { phoneNumbers } = simulator.state();
    expect(phoneNumbers).toMatchObject([{ phoneNumber: OWN, status: 'NOT_VERIFIED' }]);
    expect(messageOf(finished)).toMatchObject({
      event: 'FINISH',
      version: 3,
      data: { phone_number_id: phoneNumbers[0]?.id },
    });
  });

  test('put off and then done after all, is done', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, {}));
    const skipped = await (await number.press('Continue', { ownNumber: OWN })).press('Skip for now');
    const again = await (await skipped.press('Back')).press('Continue');
    expect(again.name).toBe('verification');
    const review = await again.press('Continue', { code: simulator.inbox(OWN).at(-1)?.code ?? '' });
    await review.press('Finish');
    expect(simulator.state().phoneNumbers).toMatchObject([{ status: 'VERIFIED' }]);
  });

  test('cannot be put off in v2', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await open(simulator, { version: 'v2', sessionInfoVersion: '3' }));
    const verification = await number.press('Continue', { ownNumber: OWN });
    expect(verification.buttons).not.toContain('Skip for now');
    expect(await verification.press('Continue', { action: 'skip' })).toMatchObject({ name: 'verification' });
  });
});

test('an app-only install uses the account and number that the business has', async () => {
  const simulator = await playground();
  const before = simulator.signUp({ numberId: seedOne(simulator).id, person: 'nora' });
  const logIn = await open(simulator, { version: 'v3', features: [{ name: 'app_only_install' }] });
  const review = await pressAll(logIn, 'Continue', 'Continue');
  expect(review.name).toBe('review');
  expect(review.html).toContain(before.wabaId);
  const finished = await review.press('Finish');
  expect(messageOf(finished)).toMatchObject({
    event: 'FINISH_GRANT_ONLY_API_ACCESS',
    data: {
      phone_number_id: before.phoneNumberId,
      waba_id: before.wabaId,
      business_id: before.businessId,
    },
  });
  expect(simulator.state()).toMatchObject({ accounts: [{}], phoneNumbers: [{}] });
});

describe('a v2 launch without sessionInfoVersion', () => {
  test('posts nothing, but hands over the code', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const logIn = await open(simulator, { version: 'v2', setup: withNumber(id) });
    const reported = await pressAll(logIn, 'Report a problem', 'Send report');
    expect(reported.handOver()).toBeNull();
    const finished = await pressAll(reported, 'Continue', 'Continue', 'Continue', 'Finish');
    expect(at(finished.handOver(), 'messages')).toEqual([]);
    expect(text(finished.handOver(), 'login')).toContain('code=AQ');
    const cancelled = await (await open(simulator, { version: 'v2' })).press('Cancel');
    expect(at(cancelled.handOver(), 'messages')).toEqual([]);
  });
});

test('one new customer too many in seven days is told so, and nothing is half done', async () => {
  const simulator = await playground({ onboardingsPerWeek: 1 });
  simulator.signUp({ numberId: seedOne(simulator).id, person: 'tomas' });
  const { id } = seedOne(simulator);
  const logIn = await openPopup(simulator, withNumber(id));
  const review = await pressAll(logIn, 'Continue', 'Continue', 'Continue');
  const refused = await review.press('Finish');
  expect(refused).toMatchObject({ name: 'review', problem: expect.stringContaining('this week') });
  expect(simulator.state().accounts).toHaveLength(1);
  simulator.advance('P7D');
  expect((await refused.press('Finish')).name).toBe('finished');
});
