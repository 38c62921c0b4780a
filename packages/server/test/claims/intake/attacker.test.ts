import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startWorld,
  tell,
  type ClaimBody,
  type Popup,
  type ProblemBody,
  type Tab,
  type World,
} from './support/world.ts';

const long = process.env['TEST_LONG'] === '1';
/** For a machine that is busy with something else. */
const timeout = long ? 1_800_000 : 90_000;
const claims = long ? 10_000 : 300;
const minute = 60_000;
const hour = 60 * minute;
const mostNew = 30;
const mostWaiting = 20;

let world: World;
const begin = async (engine: 'SQLite' | 'PostgreSQL' = 'SQLite') => {
  world = await startWorld({ numbers: 4 }, engine);
};
afterEach(() => world.close());

const problem = (tab: Tab, body: ClaimBody) => world.claim<ProblemBody>(tab, body);
const ofAttacker = async () => (await world.records()).filter((record) => record.customerId === 'attacker');

/** The owner in the popup: the ids are known to the attacker, the code is not. */
async function owner(): Promise<{ tab: Tab; popup: Popup }> {
  const tab = await world.open('owner');
  return { tab, popup: world.popup({ ids: tab.numbers.map(({ id }) => id) }) };
}

/** What was ever asked of Meta, as text, in which an id can be looked for. */
const askedOfMeta = () => JSON.stringify(world.sim.requests());

describe(`an attacker with ${claims} claims that prove nothing`, () => {
  beforeEach(() => begin());

  it(
    'fills no table, is heard by nobody at Meta, and keeps the owner from nothing',
    { timeout },
    async () => {
      // The owner has been through the popup once, and their claim never came: its ids are what the attacker names.
      const tab = await world.open('owner');
      const popup = world.popup({ ids: tab.numbers.map(({ id }) => id), person: 'nora' });
      const names: ClaimBody[] = [
        popup.finish,
        { event: 'FINISH', data: { waba_id: popup.wabaId ?? '' } },
        { event: 'FINISH_SOMETHING', data: { phone_number_id: popup.phoneNumberId ?? '' } },
        { ...popup.finish, code: 'junk' },
      ];

      /** When each accepted claim came: the plain model of the limit. */
      let accepted: number[] = [];
      const counts = { accepted: 0, refused: 0, waits: 0 };
      for (let sent = 0; sent < claims; sent += 1) {
        // A session gives one claim, so the attacker opens one for each. Their sessions are many, their customer is one.
        const tabOfAttacker = await world.open('attacker');
        const body = names[sent % names.length] ?? {};
        const code = body.code === undefined ? {} : { code: `junk-${sent}` };
        const now = world.now();
        accepted = accepted.filter((at) => at > now - hour);
        const answer = await world.claim<ProblemBody>(tabOfAttacker, { ...body, ...code });
        if (accepted.length < mostNew) {
          expect({ sent, status: answer.status }).toEqual({ sent, status: 202 });
          accepted.push(now);
          counts.accepted += 1;
        } else {
          expect({ sent, ...answer }).toMatchObject({
            sent,
            status: 429,
            body: { code: 'too_many_claims', status: 429 },
          });
          expect(Number(answer.retryAfter)).toBe(Math.ceil(((accepted[0] ?? 0) + hour - now) / 1_000));
          counts.refused += 1;
        }
        // About 120 in an hour, of which 30 are let in.
        world.pass(30_000);
        if (sent % 5 === 0) await world.signup.runDue();
        if (sent % 100 === 99) {
          const waiting = (await ofAttacker()).filter(({ status }) => status === 'needs_signup').length;
          expect(waiting).toBeLessThanOrEqual(mostWaiting);
          counts.waits = Math.max(counts.waits, waiting);
        }
      }
      await world.settle();

      const theirs = await ofAttacker();
      expect(theirs).toHaveLength(counts.accepted);
      const waiting = theirs.filter(({ status }) => status === 'needs_signup');
      const dismissed = theirs.filter(({ status }) => status === 'dismissed');
      expect(waiting).toHaveLength(mostWaiting);
      expect(dismissed).toHaveLength(counts.accepted - mostWaiting);
      expect(new Set(dismissed.map(({ reason }) => reason?.code))).toEqual(new Set(['superseded']));
      // The newest wait, the oldest went.
      const oldestWaiting =
        waiting.map(({ createdAt }) => createdAt).sort((one, other) => one - other)[0] ?? 0;
      expect(dismissed.every(({ createdAt }) => createdAt <= oldestWaiting)).toBe(true);
      expect(
        theirs.filter((claim) => claim.wabaId !== undefined || claim.phoneNumberId !== undefined),
      ).toEqual([]);
      expect(theirs.filter((claim) => claim.step !== undefined)).toEqual([]);

      expect(askedOfMeta()).not.toContain(popup.wabaId);
      expect(askedOfMeta()).not.toContain(popup.phoneNumberId);
      const [number] = world.sim.state().phoneNumbers;
      expect(number?.registerCalls).toBe(0);

      // The owner's own claim, with a fresh code for the same account and number.
      const fresh = world.popup({ outcome: 'app_only', person: 'nora', accountId: popup.wabaId });
      const ownersTab = await world.open('owner');
      const { body } = await world.claim(ownersTab, { ...popup.finish, code: fresh.code ?? '' });
      await world.settle();
      expect(await world.record(body.claim.id)).toMatchObject({
        status: 'registered',
        numberSource: 'pool',
        phoneNumberId: popup.phoneNumberId,
      });
      expect(await ofAttacker()).toEqual(theirs);
      tell('attacker', counts);
    },
  );
});

describe.each(['SQLite', 'PostgreSQL'] as const)('the limit of 30 new claims in an hour (%s)', (engine) => {
  beforeEach(() => begin(engine));

  const fill = async (customerId: string, count: number) => {
    const tabs: Tab[] = [];
    for (let n = 0; n < count; n += 1) {
      const tab = await world.open(customerId);
      expect((await world.claim(tab, { code: `junk-${n}` })).status).toBe(202);
      tabs.push(tab);
    }
    return tabs;
  };

  it('is over when Retry-After says so, and not a second before', async () => {
    await fill('attacker', 1);
    world.pass(10 * minute + 1);
    await fill('attacker', mostNew - 1);
    const tab = await world.open('attacker');
    const refused = await problem(tab, { code: 'junk' });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_claims' } });
    const seconds = Number(refused.retryAfter);
    expect(seconds).toBe(50 * 60);
    world.pass(seconds * 1_000 - 1_000);
    expect((await problem(tab, { code: 'junk' })).status).toBe(429);
    world.pass(1_000);
    expect((await world.claim(tab, { code: 'junk' })).status).toBe(202);
    expect((await problem(await world.open('attacker'), { code: 'junk' })).status).toBe(429);
  });

  it('is each customer’s own', async () => {
    await fill('attacker', mostNew);
    const { tab, popup } = await owner();
    const { status, body } = await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    expect(status).toBe(202);
    await world.settle();
    expect((await world.record(body.claim.id)).status).toBe('registered');
  });

  it('is for new claims: repeats and other halves go on being taken', async () => {
    const tab = await world.open('attacker');
    const popup = world.popup({ ids: tab.numbers.map(({ id }) => id) });
    const { body } = await world.claim(tab, popup.finish);
    await fill('attacker', mostNew - 1);
    expect((await problem(await world.open('attacker'), { code: 'junk' })).status).toBe(429);
    expect((await world.claim(tab, popup.finish)).status).toBe(200);
    const second = await world.claim(tab, { code: popup.code ?? '' });
    expect([second.status, second.body.claim.id]).toEqual([202, body.claim.id]);
    await world.settle();
    expect((await world.record(body.claim.id)).status).toBe('registered');
  });

  it('writes nothing of what it refuses, and does not count it', async () => {
    await fill('attacker', mostNew);
    const before = (await world.records()).map(({ id }) => id);
    const late = await world.open('attacker');
    for (let n = 0; n < 50; n += 1) expect((await problem(late, { code: `more-${n}` })).status).toBe(429);
    expect((await world.records()).map(({ id }) => id)).toEqual(before);
    world.pass(hour);
    await fill('attacker', mostNew);
  });

  it('holds for claims that come all at once', async () => {
    const tabs: Tab[] = [];
    for (let n = 0; n < 60; n += 1) tabs.push(await world.open('attacker'));
    const answers = await Promise.all(tabs.map((tab, n) => problem(tab, { code: `junk-${n}` })));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(mostNew);
    expect(statuses.filter((status) => status === 429)).toHaveLength(60 - mostNew);
    // Also the one that filled the hour came in the same moment: a place is free in an hour.
    const refused = answers.filter(({ status }) => status === 429);
    expect(new Set(refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['3600']));
    expect(await world.records()).toHaveLength(mostNew);
  });

  it('counts claims that came to something, too', async () => {
    const { tab, popup } = await owner();
    await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await world.settle();
    await fill('owner', mostNew - 1);
    expect((await problem(await world.open('owner'), { code: 'junk' })).status).toBe(429);
  });
});

describe.each(['SQLite', 'PostgreSQL'] as const)('claims that wait for another sign-up (%s)', (engine) => {
  beforeEach(() => begin(engine));

  it('are at most 20 of one customer: the oldest beyond are dismissed, and say why', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) {
      const { body } = await world.claim(await world.open('attacker'), { code: `junk-${n}` });
      ids.push(body.claim.id);
      await world.signup.runDue();
      world.pass(1_000);
    }
    await world.settle();
    const ends = await Promise.all(ids.map((id) => world.record(id)));
    expect(ends.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 5 }, () => 'dismissed'),
      ...Array.from({ length: 20 }, () => 'needs_signup'),
    ]);
    expect(ends.slice(0, 5).map(({ reason }) => reason?.code)).toEqual(
      Array.from({ length: 5 }, () => 'superseded'),
    );
    const { body } = await world.view(ids[0] ?? '', 'attacker');
    expect(body.claim).toMatchObject({ status: 'dismissed', reason: { code: 'superseded' } });
  });

  it('leave a claim alone that is proven or under way', async () => {
    const { tab, popup } = await owner();
    const { body } = await world.claim(tab, { ...popup.finish, code: popup.code ?? '' });
    await world.settle();
    for (let n = 0; n < 29; n += 1) {
      await world.claim(await world.open('owner'), { code: `junk-${n}` });
      await world.signup.runDue();
    }
    await world.settle();
    expect((await world.record(body.claim.id)).status).toBe('registered');
    const waiting = (await world.records()).filter(({ status }) => status === 'needs_signup');
    expect(waiting).toHaveLength(20);
  });
});
