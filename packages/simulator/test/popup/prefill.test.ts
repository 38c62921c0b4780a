import { describe, expect, test } from 'vitest';
import { playground, seedOne } from '../support/playground.ts';
import { openPopup, withNumber } from '../support/popup-client.ts';

const ACME = {
  name: 'Acme Inc.',
  email: 'johndoe@acme.com',
  phone: { code: 1, number: '6505551234' },
  website: 'https://www.acme.com',
  address: {
    streetAddress1: '1 Acme Way',
    city: 'Acme Town',
    state: 'CA',
    zipPostal: '94000',
    country: 'US',
  },
  timezone: 'UTC-08:00',
};

describe('a business that the page describes', () => {
  test('is filled in, may be changed, and is shown in the review', async () => {
    const simulator = await playground();
    const { id } = seedOne(simulator);
    const setup = { ...withNumber(id), business: ACME, solutionID: '303610109049230' };
    const business = await (await openPopup(simulator, setup)).press('Continue');
    expect(business.labels.slice(2)).toEqual([
      'Business name',
      'E-mail of the business',
      'Website',
      'Telephone of the business',
      'Address',
      'Time zone',
    ]);
    const number = await business.press('Continue', { website: 'https://acme.example' });
    const review = await number.press('Continue');
    for (const shown of [
      'johndoe@acme.com',
      'https://acme.example',
      '+1 6505551234',
      '1 Acme Way, Acme Town, CA, 94000, US',
      'UTC-08:00',
      '303610109049230',
    ]) {
      expect(review.html).toContain(shown);
    }
    expect(review.html).not.toContain('https://www.acme.com');
    expect((await review.press('Finish')).name).toBe('finished');
  });

  test('with the id of somebody else counts only with name, e-mail, website and country', async () => {
    const simulator = await playground();
    const chosen = async (business: unknown) => {
      const screen = await (await openPopup(simulator, { business })).press('Continue');
      return { id: /value="([^"]*)"[^>]*\schecked/.exec(screen.html)?.[1], labels: screen.labels };
    };
    const nora = simulator.state().businesses.find(({ name }) => name === 'Berg Flower Shop');
    expect(await chosen({ ...ACME, id: '1' })).toMatchObject({ id: 'new' });
    const incomplete = await chosen({ ...ACME, id: '1', email: null });
    expect(incomplete.id).toBe(nora?.id);
    expect(incomplete.labels).not.toContain('Website');
  });

  test('may be nothing but nulls, as the Embedded Signup Builder writes it', async () => {
    const simulator = await playground();
    const setup = {
      business: { id: null, name: null, email: null, phone: { code: null, number: null }, address: null },
      phone: { displayName: null },
      preVerifiedPhone: { ids: null },
      solutionID: null,
      whatsAppBusinessAccount: { ids: null },
    };
    const business = await (await openPopup(simulator, setup)).press('Continue');
    expect(business.labels).toEqual(['Berg Flower Shop', 'Create a new business portfolio', 'Business name']);
    expect((await business.press('Continue')).name).toBe('number');
  });
});
