import type { SettingsOptions } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownNumbers, startWorld, type Popup, type Tab, type World } from '../intake/support/world.ts';

const minute = 60_000;
const ownNumber = ownNumbers();
/** Of Meta's form, and nobody's. */
const nowhere = '909090909090909';

let world: World;
const begin = async (settings: SettingsOptions = {}) => {
  world = await startWorld({ numbers: 4, ...settings });
};
afterEach(() => world.close());

const idsOf = (tab: Tab) => ({ ids: tab.numbers.map(({ id }) => id) });
async function deliver(tab: Tab, { finish, code }: Popup): Promise<string> {
  const { status, body } = await world.claim(tab, { ...finish, code: code ?? '' });
  expect(status).toBe(202);
  await world.settle();
  return body.claim.id;
}
const naming = (popup: Popup, data: Popup['finish']['data']): Popup => ({
  ...popup,
  finish: { event: 'FINISH', data },
});

/** What Meta was asked, with ids by their role, while something was done. */
async function askedDuring(roles: Record<string, string>, act: () => Promise<void>): Promise<string[]> {
  world.sim.clearRequests();
  await act();
  const named = (text: string) =>
    Object.entries(roles).reduce((result, [role, id]) => result.replaceAll(id, role), text);
  return world.sim
    .requests()
    .filter(({ path }) => !path.endsWith('/preverified_numbers'))
    .map(({ method, path, status }) => named(`${method} ${path} ${status}`));
}

/** A claim as its customer sees it, without what is of this very claim. */
async function seen(id: string, customerId: string) {
  const { status, body } = await world.view(id, customerId);
  const { id: _id, createdAt: _createdAt, ...rest } = body.claim;
  return { status, claim: rest };
}

describe('a customer who names an account that their token does not cover', () => {
  beforeEach(() => begin());

  it('is told the same, and Meta is asked the same, whether it is somebody’s here, somebody’s at Meta, or nobody’s', async () => {
    const victim = await world.open('victim');
    const theirs = world.popup(idsOf(victim));
    await deliver(victim, theirs);
    const stranger = world.popup({ ownNumber: ownNumber() });

    const answers = [];
    for (const wabaId of [theirs.wabaId ?? '', stranger.wabaId ?? '', nowhere]) {
      for (const phone_number_id of [undefined, theirs.phoneNumberId]) {
        const customerId: string = `attacker-${answers.length}`;
        const tab = await world.open(customerId);
        const popup = world.popup({ ownNumber: ownNumber() });
        const data = { waba_id: wabaId, ...(phone_number_id === undefined ? {} : { phone_number_id }) };
        let id = '';
        const asked = await askedDuring({ '<named>': wabaId }, async () => {
          id = await deliver(tab, naming(popup, data));
        });
        answers.push({ asked, ...(await seen(id, customerId)) });
      }
    }
    const [first] = answers;
    expect(first?.claim).toMatchObject({
      status: 'rejected',
      numberSource: 'unknown',
      reason: { code: 'account_not_granted' },
    });
    expect(JSON.stringify(first?.asked)).not.toContain('<named>');
    for (const answer of answers) expect(answer).toEqual(first);
  });

  it('is told the same of a number that is not on their account, whoever’s it is', async () => {
    const victim = await world.open('victim');
    const theirs = world.popup(idsOf(victim));
    await deliver(victim, theirs);
    const answers = [];
    for (const phoneNumberId of [theirs.phoneNumberId ?? '', nowhere]) {
      const tab = await world.open(`attacker-${answers.length}`);
      const popup = world.popup({ ownNumber: ownNumber() });
      let id = '';
      const roles = { '<named>': phoneNumberId, '<account>': popup.wabaId ?? '' };
      const asked = await askedDuring(roles, async () => {
        id = await deliver(
          tab,
          naming(popup, { waba_id: popup.wabaId ?? '', phone_number_id: phoneNumberId }),
        );
      });
      answers.push({ asked, ...(await seen(id, tab.customerId)) });
    }
    expect(answers[0]?.claim).toMatchObject({ status: 'rejected', reason: { code: 'number_not_listed' } });
    expect(answers[1]).toEqual(answers[0]);
  });
});

describe('a customer whose held number was taken by somebody whose hold had run out', () => {
  beforeEach(() => begin());

  /** The first customer's popup stays open past the hold; the second is given the same number; the first finishes. */
  async function takenUnderTheirHands() {
    const first = await world.open('first');
    await world.wait(61 * minute);
    const second = await world.open('second');
    expect(second.numbers).toEqual(first.numbers);
    const popup = world.popup(idsOf(first));
    const id = await deliver(first, popup);
    expect(await world.record(id)).toMatchObject({ status: 'registered', numberSource: 'pool' });
    return { first, second, popup, id };
  }

  it('is left to the operator when they name that customer’s account', async () => {
    const { second, popup, id } = await takenUnderTheirHands();
    const claim = await deliver(second, naming(world.popup({ ownNumber: ownNumber() }), popup.finish.data));
    expect(await world.record(claim)).toMatchObject({
      status: 'needs_operator',
      reason: { code: 'held_number_taken' },
      provenAt: undefined,
      wabaId: undefined,
      phoneNumberId: undefined,
    });
    expect((await world.record(id)).status).toBe('registered');
    expect(
      world.sim
        .state()
        .phoneNumbers.map(({ registerCalls }) => registerCalls)
        .sort((one, other) => one - other),
    ).toEqual([0, 1]);
  });

  it('is told the same when they name an account that does not exist, and Meta is asked the same', async () => {
    const ends = [];
    for (const named of ['theirs', 'nobody’s']) {
      if (ends.length > 0) {
        await world.close();
        await begin();
      }
      const { second, popup } = await takenUnderTheirHands();
      const wabaId = named === 'theirs' ? (popup.wabaId ?? '') : nowhere;
      const brought = world.popup({ ownNumber: ownNumber() });
      let id = '';
      const asked = await askedDuring({ '<named>': wabaId }, async () => {
        id = await deliver(second, naming(brought, { waba_id: wabaId }));
      });
      ends.push({ asked, ...(await seen(id, 'second')) });
    }
    expect(ends[0]?.claim).toMatchObject({ status: 'needs_operator', reason: { code: 'held_number_taken' } });
    expect(ends[1]).toEqual(ends[0]);
  });

  it('is left to the operator from any of their tabs', async () => {
    const first = await world.open('first');
    await world.wait(61 * minute);
    const tabs = [await world.open('second'), await world.open('second'), await world.open('second')];
    for (const tab of tabs) expect(tab.numbers).toEqual(first.numbers);
    const popup = world.popup(idsOf(first));
    await deliver(first, popup);
    for (const tab of tabs) {
      const claim = await deliver(tab, naming(world.popup({ ownNumber: ownNumber() }), popup.finish.data));
      expect(await world.record(claim)).toMatchObject({
        status: 'needs_operator',
        reason: { code: 'held_number_taken' },
      });
    }
  });

  it('goes through with an account and a number of their own', async () => {
    const { second } = await takenUnderTheirHands();
    const claim = await deliver(second, world.popup({ ownNumber: ownNumber() }));
    expect(await world.record(claim)).toMatchObject({ status: 'registered', numberSource: 'own' });
  });

  it('is not asked about when the number was their own all along', async () => {
    const tab = await world.open('first');
    const popup = world.popup({ ...idsOf(tab), person: 'nora' });
    await deliver(tab, popup);
    const again = await world.open('first');
    const claim = await deliver(again, naming(world.popup({ ownNumber: ownNumber() }), { waba_id: nowhere }));
    expect((await world.record(claim)).reason?.code).toBe('account_not_granted');
  });
});

describe.each(['listed', 'absent', 'empty'] as const)(
  'a token that covers an account on which another customer has a live claim (targets %s)',
  (tokenTargets) => {
    beforeEach(() => begin({ assume: { tokenTargets } }));

    /** An agency signs up for two customers, with one account. */
    async function agency() {
      const first = await world.open('first');
      const popup = world.popup({ ownNumber: ownNumber(), person: 'agency' });
      const id = await deliver(first, popup);
      expect((await world.record(id)).status).toBe('registered');
      return { first, popup, id };
    }

    it.each([
      ['the same number', true],
      ['another number on it', false],
    ])('leaves a claim on %s to the operator, and the first one as it is', async (_name, same) => {
      const { popup, id } = await agency();
      const second = await world.open('second');
      const next = same
        ? naming(
            world.popup({ outcome: 'app_only', person: 'agency', accountId: popup.wabaId }),
            popup.finish.data,
          )
        : world.popup({ ownNumber: ownNumber(), person: 'agency', accountId: popup.wabaId });
      const claim = await deliver(second, next);
      expect(await world.record(claim)).toMatchObject({
        status: 'needs_operator',
        reason: { code: 'account_of_another' },
        provenAt: undefined,
      });
      expect((await world.record(id)).status).toBe('registered');
      expect(
        world.sim
          .state()
          .phoneNumbers.map(({ registerCalls }) => registerCalls)
          .sort((one, other) => one - other),
      ).toEqual(same ? [1] : [0, 1]);
    });

    it('lets the second customer have an account of their own, though the token covers the first one’s as well', async () => {
      const { id } = await agency();
      const second = await world.open('second');
      const popup = world.popup({ ...idsOf(second), person: 'agency' });
      const claim = await deliver(second, popup);
      expect(await world.record(claim)).toMatchObject({
        status: 'registered',
        numberSource: 'pool',
        wabaId: popup.wabaId,
      });
      expect((await world.record(id)).status).toBe('registered');
    });

    it('never gives the first customer’s number to a second one who names nothing', async () => {
      const { popup, id } = await agency();
      const second = await world.open('second');
      const { code } = world.popup({ outcome: 'app_only', person: 'agency', accountId: popup.wabaId });
      const { body } = await world.claim(second, { code: code ?? '' });
      await world.settle();
      expect(await world.record(body.claim.id)).toMatchObject({
        status: 'needs_operator',
        provenAt: undefined,
      });
      expect((await world.record(id)).status).toBe('registered');
    });

    it('does not leave the same customer’s next number to the operator', async () => {
      const { first, popup } = await agency();
      const again = await world.open('first', first);
      const claim = await deliver(
        again,
        world.popup({ ownNumber: ownNumber(), person: 'agency', accountId: popup.wabaId }),
      );
      expect(await world.record(claim)).toMatchObject({ status: 'registered', wabaId: popup.wabaId });
    });
  },
);

describe.each(['absent', 'empty'] as const)('a token without a list of accounts (%s)', (tokenTargets) => {
  beforeEach(() => begin({ assume: { tokenTargets } }));

  it('proves what its own account lists', async () => {
    const tab = await world.open('lucky-shrub');
    const claim = await deliver(tab, world.popup(idsOf(tab)));
    expect(await world.record(claim)).toMatchObject({ status: 'registered', numberSource: 'pool' });
  });

  it('proves nothing about an account that Meta does not show it, and says the same of one that does not exist', async () => {
    const victim = await world.open('victim');
    const theirs = world.popup(idsOf(victim));
    // The kit knows the account well, and must not show that it does.
    const owners = await deliver(victim, theirs);
    const ends = [];
    for (const wabaId of [theirs.wabaId ?? '', nowhere]) {
      const tab = await world.open(`attacker-${ends.length}`);
      const popup = world.popup({ ownNumber: ownNumber() });
      const data = { ...theirs.finish.data, waba_id: wabaId };
      let id = '';
      const asked = await askedDuring({ '<named>': wabaId }, async () => {
        id = await deliver(tab, naming(popup, data));
      });
      ends.push({ asked, ...(await seen(id, tab.customerId)) });
    }
    expect(ends[0]?.claim).toMatchObject({ status: 'rejected', reason: { code: 'account_not_granted' } });
    expect(ends[0]?.claim).not.toHaveProperty('wabaId');
    expect(ends[0]?.claim).not.toHaveProperty('phoneNumberId');
    expect(ends[1]).toEqual(ends[0]);
    expect(await world.record(owners)).toMatchObject({ status: 'registered', numberSource: 'pool' });
  });
});

describe('an account that was another customer’s and no longer is', () => {
  beforeEach(() => begin());

  it('is nobody’s to quarrel about after a rejected or unproven claim', async () => {
    const attacker = await world.open('attacker');
    const ownersTab = await world.open('owner');
    const popup = world.popup(idsOf(ownersTab));
    await deliver(attacker, naming(world.popup({ ownNumber: ownNumber() }), popup.finish.data));
    const owners = world.popup({ ownNumber: ownNumber() });
    const claim = await deliver(ownersTab, owners);
    expect(await world.record(claim)).toMatchObject({ status: 'registered' });
  });
});
