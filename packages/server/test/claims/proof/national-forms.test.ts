import { afterEach, describe, expect, it } from 'vitest';
import { startWorld, type Tab, type World } from '../intake/support/world.ts';

let world: World;
afterEach(() => world.close());

const idsOf = (tab: Tab) => ({ ids: tab.numbers.map(({ id }) => id) });
const digits = (text: string) => text.replace(/\D/g, '');

const numbers = [
  ['Brazil, São Paulo', '+55 11 98765-4321', '551187654321'],
  ['Brazil, Porto Alegre', '+55 51 99123-4567', '555191234567'],
  ['Mexico, Mexico City', '+52 1 55 1234 5678', '525512345678'],
  ['Mexico, Guadalajara', '+52 1 33 3456 7890', '523334567890'],
] as const;

const forms = (['display', 'e164'] as const).flatMap((numberForm) =>
  (['dropped', 'kept'] as const).map((nationalPrefixInDisplay) => ({ numberForm, nationalPrefixInDisplay })),
);
const cases = numbers.flatMap(([name, phoneNumber, short]) =>
  forms.map((form) => ({ name, phoneNumber, short, ...form })),
);

describe('a number whose national digit Meta leaves out on the account', () => {
  it.each(cases)(
    '$name meets its row of the pool (pool as $numberForm, digit $nationalPrefixInDisplay)',
    async ({ phoneNumber, short, numberForm, nationalPrefixInDisplay }) => {
      world = await startWorld({ numberForm, assume: { nationalPrefixInDisplay } });
      world.sim.seedNumbers({ phoneNumbers: [phoneNumber] });
      await world.signup.pool.sync();
      const tab = await world.open('lucky-shrub');
      expect(tab.numbers).toHaveLength(1);
      const popup = world.popup(idsOf(tab));
      const { body } = await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
      await world.settle();
      const claim = await world.record(body.claim.id);
      expect(claim).toMatchObject({
        status: 'registered',
        numberSource: 'pool',
        poolNumberId: tab.numbers[0]?.id,
      });
      // What Meta showed on the account: otherwise the test would say nothing about the missing digit.
      const shown = digits(claim.displayPhoneNumber ?? '');
      expect(shown === short).toBe(nationalPrefixInDisplay === 'dropped');
      const { items } = await world.signup.pool.list({ limit: 10 });
      expect(items.map(({ claimedBy }) => claimedBy)).toEqual(['lucky-shrub']);
      expect((await world.open('wind-and-wool')).numbers).toEqual([]);
    },
  );

  it.each(numbers)('%s is on the claim as the pool has it', async (_name, phoneNumber) => {
    world = await startWorld();
    world.sim.seedNumbers({ phoneNumbers: [phoneNumber] });
    await world.signup.pool.sync();
    const tab = await world.open('lucky-shrub');
    const popup = world.popup(idsOf(tab));
    const { body } = await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await world.settle();
    // The pool knows the whole number; the account's display form is short of a digit.
    expect((await world.record(body.claim.id)).phoneNumber).toBe(`+${digits(phoneNumber)}`);
  });

  it.each(numbers)(
    '%s is known as the pool’s also when somebody else brings it',
    async (_name, phoneNumber) => {
      world = await startWorld();
      world.sim.seedNumbers({ phoneNumbers: [phoneNumber] });
      await world.signup.pool.sync();
      const holder = await world.open('holder');
      const other = await world.open('other');
      expect(other.numbers).toEqual([]);
      const popup = world.popup(idsOf(holder));
      const { body } = await world.claim(other, { ...popup.finish, code: popup.code ?? '' });
      await world.settle();
      expect(await world.record(body.claim.id)).toMatchObject({
        status: 'needs_operator',
        reason: { code: 'pool_number_of_another' },
      });
      expect(world.sim.state().phoneNumbers.map(({ registerCalls }) => registerCalls)).toEqual([0]);
    },
  );

  it.each([
    ['a Brazilian landline', '+55 11 98765-4321', '+55 11 3765-4321'],
    ['another city of Brazil', '+55 11 98765-4321', '+55 21 98765-4321'],
    ['a neighbour in Mexico', '+52 1 55 1234 5678', '+52 1 55 1234 5679'],
  ])('%s is another number, and the customer’s own', async (_name, inPool, theirs) => {
    world = await startWorld();
    world.sim.seedNumbers({ phoneNumbers: [inPool] });
    await world.signup.pool.sync();
    const tab = await world.open('lucky-shrub');
    const popup = world.popup({ ownNumber: theirs });
    const { body } = await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await world.settle();
    expect(await world.record(body.claim.id)).toMatchObject({ status: 'registered', numberSource: 'own' });
  });
});
