import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { catchUp } from '../numbers/support/catch-up.ts';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { figures, rowsOf, run } from './support/database.ts';
import { createCrowd, summaryOf, wrongAnswers, type Crowd } from './support/crowd.ts';
import { NodeRefused, type RunningNode } from './support/start-node.ts';
import { createNodesWorld, nodeBefore, type NodesWorld } from './support/world.ts';

const isLong = process.env['TEST_LONG'] === '1';
const timeout = isLong ? 1_800_000 : 120_000;
const customers = isLong ? 400 : 80;
/** Claims that the migration has to go through, so that it takes a while. */
const claimsBefore = isLong ? 1_000_000 : 100_000;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe.each(engines)('the version before and this one on one $name database', { timeout }, ({ name }) => {
  let world: NodesWorld;
  beforeEach(async () => {
    world = await createNodesWorld(name, customers * 2);
  });
  afterEach(() => world.close());

  const crowdOf = (nodes: RunningNode[]): Crowd => {
    let turn = 0;
    return createCrowd({
      sim: world.sim,
      url: () => {
        turn += 1;
        return nodes[turn % nodes.length]?.url ?? '';
      },
    });
  };
  const expectKept = (crowd: Crowd, count: number) => {
    expect(wrongAnswers(crowd.answers)).toEqual([]);
    expect(crowd.claims).toHaveLength(count);
    expect(new Set(crowd.claims.map(({ id }) => id)).size).toBe(count);
    expect(new Set(crowd.claims.map(({ poolNumberId }) => poolNumberId)).size).toBe(count);
    const atMeta = world.sim.state().phoneNumbers.filter(({ registeredAt }) => registeredAt !== undefined);
    expect(new Set(atMeta.map(({ id }) => id))).toEqual(crowd.registered());
  };

  it('serve customers side by side before, during and after the migration; no claim is lost, no number has two owners', async () => {
    const before = await world.start(nodeBefore);
    await before.started;
    await run(world.database, manyClaims(name));
    const nodes = [before];
    const crowd = crowdOf(nodes);
    let next = 0;
    const signUpWhile = async (isOpen: () => boolean, rest: number) => {
      while (isOpen()) {
        next += 1;
        await crowd.signUp(`customer-${next}`);
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
    };
    const atOnce = (isOpen: () => boolean, rest = 0) =>
      Promise.all(Array.from({ length: 6 }, () => signUpWhile(isOpen, rest)));

    await atOnce(() => next < customers / 4);
    const served = crowd.claims.length;
    // Customers come all through the migration, to the node that does not know of it.
    let isMigrated = false;
    const meanwhile = atOnce(() => !isMigrated && next < customers, 40);
    const begun = performance.now();
    const after = await world.start(bundled.file);
    const took = performance.now() - begun;
    const servedMeanwhile = crowd.claims.length - served;
    isMigrated = true;
    await meanwhile;
    await after.started;
    expect(before.isAlive()).toBe(true);
    // SQLite has one writer: who comes during the migration waits for it, and is served then. With PostgreSQL nobody waits.
    const came = name === 'SQLite' ? crowd.claims.length - served : servedMeanwhile;
    expect(came).toBeGreaterThan(3);
    nodes.push(after);
    const upTo = next + customers / 2;
    await atOnce(() => next < upTo);
    await crowd.settled();

    expectKept(crowd, next);
    await noteMissing(world);
    expect(await liveWithoutNumber(world)).toEqual([]);
    expect((await crowd.ask(before.url, '/signup/readyz', 'ada')).status).toBe(200);
    expect((await crowd.ask(after.url, '/signup/readyz', 'ada')).status).toBe(200);
    const { asked, refused, slowest } = summaryOf(crowd.answers);
    process.stdout.write(
      `${name}: the new node was there after ${took.toFixed(0)} ms, ${servedMeanwhile} customers served meanwhile; ${asked} requests, ${refused} refused, slowest ${slowest} ms\n`,
    );
  });

  it('have every number in service that a claim owned before the migration, and none that nobody owns', async () => {
    const before = await world.start(nodeBefore, { works: false });
    await run(world.database, manyClaims(name));
    const begun = Date.now();
    const after = await world.start(bundled.file, { works: false });
    const ended = Date.now();
    expect([before, after].map(({ isAlive }) => isAlive())).toEqual([true, true]);

    const live = claimsBefore - claimsBefore / 10;
    const inService = `from signup_phone_numbers number where number.app_id = '1' and number.business_id = '2'`;
    expect(await rowsOf(world.database, `select count(*) as count ${inService}`)).toEqual([{ count: live }]);
    const asClaimed = `select count(*) as count ${inService} and exists (
      select id from signup_claims claim where claim.live = 1 and claim.phone_number_id = number.phone_number_id
        and claim.app_id = number.app_id and claim.business_id = number.business_id
        and claim.waba_id = number.waba_id and claim.phone_number = number.phone_number and claim.digits = number.digits
        and coalesce(claim.display_phone_number, claim.phone_number) = number.display_phone_number
        and coalesce(claim.proven_at, claim.updated_at) = number.created_at)
      and facts = '{}' and failures = 0 and wakes = 0 and left_at is null and read_at is null and problem is null
      and identity_check is null`;
    expect(await rowsOf(world.database, asClaimed)).toEqual([{ count: live }]);
    // They are read over a day, the first of them soon, and nobody waits for any of them.
    const [plan] = await rowsOf<{ first: number; last: number; times: number; urgent: number }>(
      world.database,
      `select min(run_at) as first, max(run_at) as last, count(distinct run_at) as times, count(urgent) as urgent ${inService}`,
    );
    expect(plan).toMatchObject({ times: Math.min(live, 86_400), urgent: 0 });
    expect(plan?.first).toBeGreaterThanOrEqual(begun);
    expect(plan?.first).toBeLessThanOrEqual(ended + 1_000);
    expect(plan?.last).toBeLessThanOrEqual(ended + 24 * 3_600_000);
    const named = `select display_phone_number as name ${inService} and phone_number_id in ('number-1', 'number-2') order by 1`;
    expect(await rowsOf(world.database, named)).toEqual([{ name: '+1 631 2' }, { name: '+16311' }]);
    // Nobody hears of what was true before, and nothing is made up about it.
    for (const table of ['signup_phone_number_changes', 'signup_identities', 'signup_account_caps']) {
      expect(await rowsOf(world.database, `select count(*) as count from ${table}`)).toEqual([{ count: 0 }]);
    }
    expect((await fetch(`${before.url}/signup/healthz`)).status).toBe(200);
  });

  it.each([
    ['the version before', 'this one', true],
    ['this one', 'the version before', false],
  ])(
    'carry on with each other’s work: %s takes claims, %s does them',
    async (_taking, _doing, isOldTaking) => {
      const before = await world.start(nodeBefore, { works: !isOldTaking });
      const after = await world.start(bundled.file, { works: isOldTaking });
      await (isOldTaking ? after : before).started;
      // Whoever works has fetched the pool.
      const crowd = crowdOf([isOldTaking ? before : after]);
      for (let n = 0; n < 8; n += 1) await crowd.signUp(`customer-${n}`);
      await crowd.settled();
      expectKept(crowd, 8);
      const [claim] = crowd.claims;
      for (const node of [before, after]) {
        const seen = await crowd.ask(node.url, `/signup/claims/${claim?.id}`, claim?.customerId ?? '');
        expect((JSON.parse(seen.text) as ClaimAnswer).claim.status).toBe('registered'); // what the route answers
      }
    },
  );

  it('make one claim of what a page brings to both of them at once', async () => {
    const before = await world.start(nodeBefore);
    const after = await world.start(bundled.file);
    await Promise.all([before.started, after.started]);
    const crowd = crowdOf([before, after]);
    for (let n = 0; n < 6; n += 1) {
      const customer = `customer-${n}`;
      const [first, second] = n % 2 === 0 ? [before, after] : [after, before];
      const opened = await crowd.ask(first.url, '/signup/sessions', customer, {});
      const again = await crowd.ask(second.url, '/signup/sessions', customer, {});
      const { session, numbers } = JSON.parse(opened.text) as SessionAnswer; // what the route answers
      // The number is set aside for this customer, whichever node is asked.
      expect((JSON.parse(again.text) as SessionAnswer).numbers).toEqual(numbers); // what the route answers
      const { messages, code, phoneNumberId } = world.sim.signUp({ ids: numbers.map(({ id }) => id) });
      const event = messages.map((message) => JSON.parse(message) as { event?: string; data?: object }); // as Meta documents it
      const finish = event.find((one) => one.event?.startsWith('FINISH'));
      const whole = { event: finish?.event, data: finish?.data, code };
      const answers = await Promise.all(
        [before, after, before, after].map(({ url }) =>
          crowd.ask(url, '/signup/claims', customer, whole, session),
        ),
      );
      expect(wrongAnswers(answers)).toEqual([]);
      const ids = answers
        .filter(({ status }) => status < 300)
        .map(({ text }) => (JSON.parse(text) as ClaimAnswer).claim.id); // what the route answers
      expect(new Set(ids).size).toBe(1);
      crowd.claims.push({
        id: ids[0] ?? '',
        customerId: customer,
        poolNumberId: numbers[0]?.id ?? '',
        phoneNumberId: phoneNumberId ?? '',
      });
    }
    await crowd.settled();
    expectKept(crowd, 6);
  });

  it('go on with each other’s numbers: what one keeps from customers, the other does not give them', async () => {
    const before = await world.start(nodeBefore);
    await before.started;
    // The numbers are those that the version before has mirrored.
    const after = await world.start(bundled.file);
    await after.started;
    const free = await idsOf(world.database, 'held_by is null');
    expect(free.length).toBeGreaterThan(2);
    const [left = '', ...aside] = free;
    // As this version sets numbers aside for nobody while it deletes them.
    await run(
      world.database,
      `update signup_numbers set held_by = '', held_until = ${Date.now() + 3_600_000} where id <> '${left}'`,
    );
    const crowd = crowdOf([before, after]);
    const given: string[] = [];
    for (const [n, { url }] of [before, after, before, after].entries()) {
      const { text } = await crowd.ask(url, '/signup/sessions', `customer-${n}`, {});
      given.push(...(JSON.parse(text) as SessionAnswer).numbers.map(({ id }) => id)); // what the route answers
    }
    expect(given).toEqual([left]);
    expect(new Set(await idsOf(world.database, "held_by = ''"))).toEqual(new Set(aside));
  });

  it('part when the one before is started anew: it is refused with a sentence, and touches nothing', async () => {
    const before = await world.start(nodeBefore);
    const after = await world.start(bundled.file);
    await after.started;
    const nodes = [before, after];
    const crowd = crowdOf(nodes);
    await crowd.signUp('ada');
    await crowd.settled();
    expect(await before.stop()).toBe(0);
    const starting = world.start(nodeBefore);
    await expect(starting).rejects.toThrow(NodeRefused);
    await expect(starting).rejects.toThrow(
      /SchemaTooNewError: .*newer version of the kit \(0005-.*Update this node first/,
    );
    nodes.shift();
    await crowd.signUp('bob');
    await crowd.settled();
    expectKept(crowd, 2);
  });
});

/** What a node of this version does once an hour: what the version before put in service is noted. */
async function noteMissing({ database, sim }: NodesWorld): Promise<void> {
  const { appId, businessId } = sim.meta;
  const store = await openStore(database.address, undefined, undefined, { appId, businessId });
  await catchUp(store, { now: Date.now(), limit: 50 });
  await store.close();
}

/** Live claims whose number is not known to be in service. */
function liveWithoutNumber({ database }: NodesWorld): Promise<{ id: string }[]> {
  return rowsOf(
    database,
    `select id from signup_claims claim where live = 1 and not exists (select 1 from signup_phone_numbers number
      where number.app_id = claim.app_id and number.business_id = claim.business_id and number.left_at is null
        and number.phone_number_id = claim.phone_number_id and number.digits = claim.digits)`,
  );
}

/** Numbers in service of another app on this database, that nobody asks about, and claims that own none. */
function manyClaims(engine: string): string {
  const claims = `insert into signup_claims
      (id, app_id, business_id, session_id, customer_id, status, live, event_data, waba_id, phone_number_id, phone_number,
       digits, display_phone_number, number_source, created_at, updated_at, history_length, proven_at)`;
  return `${figures(engine, claimsBefore)} ${claims}
    select 'old-claim-' || i, '1', '2', 'old-session-' || i, 'old-customer-' || (i % 1000),
      case when i % 10 = 0 then 'ended' else 'registered' end, case when i % 10 = 0 then 0 else 1 end, '{}',
      'waba-' || (i % 1000), 'number-' || i, '+1631' || i, '1631' || i,
      case when i % 10 = 1 then null else '+1 631 ' || i end, 'pool', i, i + 5, 0,
      case when i % 7 = 0 then null else i + 2 end from n;
    ${claims} values
      ('account-alone', '1', '2', 'session-of-it', 'ada', 'no_number', 0, '{}', 'waba-1', null, null, null, null, 'none', 1, 1, 0, null),
      ('not-proven', '1', '2', 'session-of-that', 'ada', 'received', 0, '{}', null, null, null, null, null, 'none', 1, 1, 0, null)`;
}

async function idsOf(database: TestDatabase, where: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    database,
    `select id from signup_numbers where gone_at is null and ${where}`,
  );
  return rows.map(({ id }) => id);
}
