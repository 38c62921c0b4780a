import { describe, expect, test } from 'vitest';
import { playground, seedOne } from './support/playground.ts';
import { openPopup, toNumberScreen, withNumber } from './support/popup-client.ts';

describe('the number screen', () => {
  test('does not show claimed and unknown numbers, and falls back to the customer’s own', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    simulator.signUp({ numberId: id });
    for (const setup of [withNumber(id), withNumber('404'), { preVerifiedPhone: { ids: null } }, undefined]) {
      const number = await toNumberScreen(await openPopup(simulator, setup));
      expect(number.labels).toEqual(['Use my own number', 'Continue without a number', 'Your phone number']);
    }
  });

  test('shows the first of several ids, or all when told to', async () => {
    for (const preverifiedIdsShown of ['first', 'all'] as const) {
      const simulator = await playground({ assume: { preverifiedIdsShown } });
      const numbers = simulator.seedNumbers({ count: 2 });
      const screen = await toNumberScreen(
        await openPopup(simulator, withNumber(...numbers.map(({ id }) => id))),
      );
      const shown = preverifiedIdsShown === 'all' ? numbers : numbers.slice(0, 1);
      expect(screen.labels.slice(0, -3)).toEqual(shown.map(({ displayPhoneNumber }) => displayPhoneNumber));
    }
  });

  test('a lapsed number asks for the code that went to the provider', async () => {
    const simulator = await playground();
    const { id, phoneNumber } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const number = await toNumberScreen(await openPopup(simulator, withNumber(id)));
    const verification = await number.press('Continue');
    expect(verification).toMatchObject({ name: 'verification', heading: 'Verify your number' });
    const [message] = simulator.inbox(phoneNumber);
    expect(verification.html).toContain(message?.text);

    const wrong = await verification.press('Continue', { code: '000000' });
    expect(wrong).toMatchObject({
      name: 'verification',
      problem: expect.stringContaining('not the right code'),
    });
    const review = await wrong.press('Continue', { code: message?.text.replace('WhatsApp code ', '') ?? '' });
    expect(review.name).toBe('review');
    expect((await review.press('Finish')).name).toBe('finished');
    expect(simulator.state().phoneNumbers).toMatchObject([
      { phoneNumber, status: 'VERIFIED', isPreverified: true },
    ]);
  });

  test('a lapsed number that somebody else takes meanwhile is no longer available', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator, { count: 1, status: 'EXPIRED' });
    const number = await toNumberScreen(await openPopup(simulator, withNumber(id)));
    const verification = await number.press('Continue');
    simulator.signUp({ numberId: id });
    const back = await verification.press('Continue', { code: '000000' });
    expect(back).toMatchObject({ name: 'number', problem: expect.stringContaining('no longer available') });
  });

  test('the customer’s own number is verified by a code, which can be sent again and gets old', async () => {
    const simulator = await playground();
    const number = await toNumberScreen(await openPopup(simulator));
    const nonsense = await number.press('Continue', { ownNumber: 'my phone' });
    expect(nonsense).toMatchObject({ name: 'number', problem: expect.stringContaining('country code') });
    const verification = await nonsense.press('Continue', { ownNumber: '+44 20 7946 0958' });
    simulator.advance('PT10M');
    const code = () => simulator.inbox('+442079460958').at(-1)?.code ?? '';
    const late = await verification.press('Continue', { code: code() });
    expect(late.problem).toMatch(/expired/);
    const resent = await late.press('Send a new code');
    expect(simulator.inbox()).toHaveLength(2);
    const finished = await (await resent.press('Continue', { code: code() })).press('Finish');
    expect(finished.name).toBe('finished');
    expect(simulator.state().phoneNumbers).toMatchObject([
      { phoneNumber: '+442079460958', status: 'VERIFIED', isPreverified: false },
    ]);
  });

  test('a number that is in use somewhere cannot be the customer’s own', async () => {
    const simulator = await playground({ numbers: 1 });
    const number = await toNumberScreen(await openPopup(simulator));
    const refused = await number.press('Continue', { ownNumber: '+1 555 010 0001' });
    expect(refused).toMatchObject({ name: 'number', problem: expect.stringContaining('already in use') });
  });
});

describe('the business screen', () => {
  test('creates a new portfolio, which the person has from then on', async () => {
    const simulator = await playground();
    const ids = simulator.seedNumbers({ count: 1 }).map(({ id }) => id);
    const business = await (await openPopup(simulator, withNumber(...ids))).press('Continue');
    const nameless = await business.choose('Create a new business portfolio');
    expect(nameless.problem).toMatch(/business name/);
    const number = await nameless.press('Continue', { businessName: 'Berg Second Shop' });
    await (await number.press('Continue')).press('Finish');
    const again = await (await openPopup(simulator)).press('Continue');
    expect(again.labels.slice(0, 2)).toEqual(['Berg Flower Shop', 'Berg Second Shop']);
  });

  test('is filled in from the page, and an owned portfolio of that name is used', async () => {
    const simulator = await playground();
    const chosen = async (business: unknown) => {
      const screen = await (await openPopup(simulator, { business })).press('Continue');
      return /value="([^"]*)"[^>]*\schecked/.exec(screen.html)?.[1];
    };
    const nora = simulator.state().businesses.find(({ name }) => name === 'Berg Flower Shop');
    expect(await chosen({ name: 'Acme Inc.' })).toBe('new');
    expect(await chosen({ name: 'Berg Flower Shop' })).toBe(nora?.id);
    expect(await chosen({ id: nora?.id, name: 'Acme Inc.' })).toBe(nora?.id);
    expect(await chosen({ id: null, name: null })).toBe(nora?.id);
  });
});
