import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { byText, endOf, ownNumbers, startWorld, type Popup, type Tab, type World } from './support/world.ts';

const minute = 60_000;
const ownNumber = ownNumbers();

let world: World;
const begin = async (engine: 'SQLite' | 'PostgreSQL' = 'SQLite') => {
  world = await startWorld({ numbers: 8 }, engine);
};
afterEach(() => world.close());

/** Delivers event and code, and lets everything come to rest. Resolves to the claim's id. */
async function deliver(tab: Tab, { finish, code }: Popup): Promise<string> {
  const { status, body } = await world.claim(tab, { ...finish, ...(code === undefined ? {} : { code }) });
  expect(status).toBe(202);
  await world.settle();
  return body.claim.id;
}
const idsOf = (tab: Tab) => ({ ids: tab.numbers.map((number) => number.id) });
const registerCalls = () =>
  world.sim
    .state()
    .phoneNumbers.map((number) => number.registerCalls)
    .sort((one, other) => one - other);

describe('a customer who comes for a second number', () => {
  beforeEach(() => begin());

  it.each([
    ['with a session of its own', false],
    ['with the old session renewed', true],
  ])('gets a second claim %s', async (_name, renewed) => {
    const first = await world.open('lucky-shrub');
    const one = await deliver(first, world.popup({ ...idsOf(first), person: 'nora' }));
    expect(await world.record(one)).toMatchObject({ status: 'registered', numberSource: 'pool' });

    const second = await world.open('lucky-shrub', renewed ? first : undefined);
    expect(second.numbers).toHaveLength(1);
    expect(second.numbers[0]?.id).not.toBe(first.numbers[0]?.id);
    const two = await deliver(second, world.popup({ ...idsOf(second), person: 'nora' }));
    expect(two).not.toBe(one);
    expect(await world.record(two)).toMatchObject({
      status: 'registered',
      numberSource: 'pool',
      phoneNumber: second.numbers[0]?.phoneNumber,
    });
    expect(await world.record(one)).toMatchObject({ status: 'registered' });
    expect(registerCalls()).toEqual([1, 1]);
  });

  it('gets it also on the account that has the first one', async () => {
    const first = await world.open('lucky-shrub');
    const popup = world.popup({ ...idsOf(first), person: 'nora' });
    const one = await deliver(first, popup);
    const second = await world.open('lucky-shrub', first);
    const again = world.popup({ ...idsOf(second), person: 'nora', accountId: popup.wabaId });
    const two = await deliver(second, again);
    expect(await world.record(two)).toMatchObject({
      status: 'registered',
      wabaId: popup.wabaId,
      phoneNumberId: again.phoneNumberId,
    });
    expect(await world.record(one)).toMatchObject({ status: 'registered' });
  });

  it.each(['registered', 'no_number', 'coexistence', 'rejected'] as const)(
    'gets a claim of its own when the session of a %s one is renewed',
    async (status) => {
      const first = await world.open('lucky-shrub');
      const popups = {
        registered: () => world.popup(idsOf(first)),
        no_number: () => world.popup({ outcome: 'only_waba' }),
        coexistence: () => world.popup({ outcome: 'coexistence', ownNumber: ownNumber() }),
        rejected: () => {
          const popup = world.popup({ ownNumber: ownNumber() });
          return { ...popup, finish: { ...popup.finish, data: { waba_id: '909090909090909' } } };
        },
      };
      const one = await deliver(first, popups[status]());
      expect((await world.record(one)).status).toBe(status);
      const renewed = await world.open('lucky-shrub', first);
      const two = await deliver(renewed, world.popup({ ownNumber: ownNumber() }));
      expect(two).not.toBe(one);
      expect(endOf(await world.record(two))).toMatchObject({ status: 'registered', numberSource: 'own' });
      expect((await world.record(one)).status).toBe(status);
    },
  );

  it('loses nothing when the session is renewed between the two halves', async () => {
    const first = await world.open('lucky-shrub');
    const popup = world.popup(idsOf(first));
    await world.claim(first, popup.finish);
    const renewed = await world.open('lucky-shrub', first);
    const { status } = await world.claim(renewed, { code: popup.code ?? '' });
    expect(status).toBe(202);
    await world.settle();
    const claims = await world.records();
    expect(claims.filter((claim) => claim.status === 'registered')).toHaveLength(1);
    expect(registerCalls()).toEqual([1]);
  });

  it('goes on with a claim that needs another sign-up when its session is renewed', async () => {
    const first = await world.open('lucky-shrub');
    const id = await deliver(first, { ...world.popup(idsOf(first)), code: 'junk' });
    expect((await world.record(id)).status).toBe('needs_signup');
    const renewed = await world.open('lucky-shrub', first);
    expect(await deliver(renewed, world.popup({ ownNumber: ownNumber() }))).toBe(id);
    expect(await world.record(id)).toMatchObject({ status: 'registered', numberSource: 'own' });
  });
});

describe.each(['SQLite', 'PostgreSQL'] as const)(
  'a customer who connects the same number again (%s)',
  (engine) => {
    beforeEach(() => begin(engine));

    /** The same number, once more through the popup: the person shares the account that has it. */
    const again = (popup: Popup, event: 'FINISH' | 'as it is' | 'code alone'): Popup => {
      const next = world.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
      if (event === 'as it is') return next;
      return { ...next, finish: { ...popup.finish, event: 'FINISH' } };
    };
    const kinds = {
      pool: (tab: Tab) => world.popup({ ...idsOf(tab), person: 'nora' }),
      own: () => world.popup({ ownNumber: ownNumber(), person: 'nora' }),
    };

    it.each([
      ['pool', 'as it is'],
      ['pool', 'FINISH'],
      ['own', 'as it is'],
      ['own', 'FINISH'],
    ] as const)('has the newer claim take a number of the %s over (event %s)', async (kind, event) => {
      const first = await world.open('lucky-shrub');
      const popup = kinds[kind](first);
      const one = await deliver(first, popup);
      world.pass(10 * minute);
      const second = await world.open('lucky-shrub', first);
      const two = await deliver(second, again(popup, event));

      expect(two).not.toBe(one);
      const newer = await world.record(two);
      expect(newer).toMatchObject({
        status: 'registered',
        numberSource: kind,
        phoneNumberId: popup.phoneNumberId,
        wabaId: popup.wabaId,
      });
      expect(await world.record(one)).toMatchObject({ status: 'ended', reason: { code: 'replaced' } });
      // Found connected: the budget of /register is not touched.
      expect(registerCalls()).toEqual([1]);
      const { items } = await world.signup.pool.list({ limit: 50 });
      const owner = items.find((number) => number.phoneNumber === newer.phoneNumber);
      expect([owner?.claimId, owner?.claimedBy]).toEqual(
        kind === 'pool' ? [two, 'lucky-shrub'] : [undefined, undefined],
      );
    });

    it('does so again and again, and one claim is live each time', async () => {
      let tab = await world.open('lucky-shrub');
      const popup = kinds.pool(tab);
      const ids = [await deliver(tab, popup)];
      for (let time = 0; time < 4; time += 1) {
        tab = await world.open('lucky-shrub', tab);
        ids.push(await deliver(tab, again(popup, 'FINISH')));
        const statuses = await Promise.all(ids.map(async (id) => (await world.record(id)).status));
        expect(statuses).toEqual([...ids.slice(1).map(() => 'ended'), 'registered']);
      }
      expect(registerCalls()).toEqual([1]);
    });

    it('has a number that stays on the business app taken over, too, and never registered', async () => {
      const first = await world.open('lucky-shrub');
      const popup = world.popup({ outcome: 'coexistence', ownNumber: ownNumber(), person: 'nora' });
      const one = await deliver(first, popup);
      const second = await world.open('lucky-shrub', first);
      const two = await deliver(second, again(popup, 'as it is'));
      expect(await world.record(two)).toMatchObject({ status: 'coexistence' });
      expect(await world.record(one)).toMatchObject({ status: 'ended', reason: { code: 'replaced' } });
      expect(registerCalls()).toEqual([0]);
    });

    it('does it from two tabs at once: one claim is live, one /register', async () => {
      const [left, right] = [await world.open('lucky-shrub'), await world.open('lucky-shrub')];
      expect(right.numbers).toEqual(left.numbers);
      const popup = kinds.pool(left);
      const other = again(popup, 'as it is');
      const answers = await Promise.all([
        world.claim(left, { ...popup.finish, code: popup.code ?? '' }),
        world.claim(right, { ...other.finish, code: other.code ?? '' }),
      ]);
      expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
      await world.settle();
      const statuses = (await world.records()).map((claim) => claim.status).sort(byText);
      expect(statuses).toEqual(['ended', 'registered']);
      expect(registerCalls()).toEqual([1]);
    });
  },
);

describe('two tabs of one customer', () => {
  beforeEach(() => begin());

  it('each bring a number, and both are registered', async () => {
    const [left, right] = [await world.open('lucky-shrub'), await world.open('lucky-shrub')];
    const [one, two] = [world.popup(idsOf(left)), world.popup({ ownNumber: ownNumber() })];
    const answers = await Promise.all([
      world.claim(left, { ...one.finish, code: one.code ?? '' }),
      world.claim(right, { ...two.finish, code: two.code ?? '' }),
    ]);
    await world.settle();
    const ends = await Promise.all(answers.map(({ body }) => world.record(body.claim.id)));
    expect(ends.map(({ status, numberSource }) => [status, numberSource])).toEqual([
      ['registered', 'pool'],
      ['registered', 'own'],
    ]);
    expect(registerCalls()).toEqual([1, 1]);
  });

  it('share an event and a code between them: whichever brings the half, a number is registered once', async () => {
    const [left, right] = [await world.open('lucky-shrub'), await world.open('lucky-shrub')];
    const popup = world.popup(idsOf(left));
    await world.claim(left, popup.finish);
    await world.claim(right, { code: popup.code ?? '' });
    await world.settle();
    const claims = await world.records();
    expect(claims.map(({ status }) => status).sort(byText)).toEqual(['needs_signup', 'registered']);
    expect(registerCalls()).toEqual([1]);
  });
});

describe('a popup that outlives its hold', () => {
  beforeEach(() => begin());

  it.each([
    ['nine minutes after CANCEL', 9],
    ['a quarter of an hour after CANCEL, with nobody after it', 15],
  ])('still counts %s', async (_name, minutes) => {
    const tab = await world.open('lucky-shrub');
    await world.cancel(tab);
    await world.wait(minutes * minute);
    const id = await deliver(tab, world.popup(idsOf(tab)));
    expect(await world.record(id)).toMatchObject({ status: 'registered', numberSource: 'pool' });
  });

  it('keeps the number from others for ten minutes after CANCEL', async () => {
    const tab = await world.open('lucky-shrub');
    await world.cancel(tab);
    await world.wait(10 * minute - 1_000);
    expect((await world.open('wind-and-wool')).numbers[0]?.id).not.toBe(tab.numbers[0]?.id);
    await world.wait(2_000);
    expect((await world.open('jaspers-market')).numbers[0]?.id).toBe(tab.numbers[0]?.id);
  });
});
