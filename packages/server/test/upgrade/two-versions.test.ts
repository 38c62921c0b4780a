import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { createCrowd, summaryOf, wrongAnswers, type Crowd } from './support/crowd.ts';
import { NodeRefused, type RunningNode } from './support/start-node.ts';
import { createNodesWorld, nodeBefore, type NodesWorld } from './support/world.ts';

const isLong = process.env['TEST_LONG'] === '1';
const timeout = isLong ? 1_800_000 : 120_000;
const customers = isLong ? 400 : 80;
/** Rows that the migration has to go through, so that it takes a while. */
const numbersBefore = isLong ? 1_000_000 : 100_000;

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
    await run(world.database, manyNumbers(name));
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
    expect(servedMeanwhile).toBeGreaterThan(3);
    nodes.push(after);
    const upTo = next + customers / 2;
    await atOnce(() => next < upTo);
    await crowd.settled();

    expectKept(crowd, next);
    expect((await crowd.ask(before.url, '/signup/readyz', 'ada')).status).toBe(200);
    expect((await crowd.ask(after.url, '/signup/readyz', 'ada')).status).toBe(200);
    const { asked, refused, slowest } = summaryOf(crowd.answers);
    process.stdout.write(
      `${name}: the new node was there after ${took.toFixed(0)} ms, ${servedMeanwhile} customers served meanwhile; ${asked} requests, ${refused} refused, slowest ${slowest} ms\n`,
    );
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
      /SchemaTooNewError: .*newer version of the kit \(0004-.*Update this node first/,
    );
    nodes.shift();
    await crowd.signUp('bob');
    await crowd.settled();
    expectKept(crowd, 2);
  });
});

/** Numbers of long ago, that customers claimed and Meta lists no more. */
function manyNumbers(engine: string): string {
  const numbers =
    engine === 'SQLite'
      ? `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${numbersBefore})`
      : `with n (i) as (select * from generate_series(1, ${numbersBefore}))`;
  return `${numbers} insert into signup_numbers
      (id, app_id, business_id, phone_number, digits, display_phone_number, country, verification_status,
       verified_at, verification_expires_at, claim_id, claimed_by, claimed_at, gone_at, synced_at)
    select 'old-' || i, '1', '2', '+' || i, 'old-' || i, '+' || i, 'US', 'VERIFIED',
       i, i, 'old-claim-' || i, 'old-customer-' || i, i, i, i from n`;
}

async function run({ address }: TestDatabase, text: string): Promise<void> {
  if (address.startsWith('sqlite:')) {
    const file = new Database(address.slice('sqlite:'.length), { timeout: 5_000 });
    file.exec(text);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query(text);
  await client.end();
}

async function idsOf({ address }: TestDatabase, where: string): Promise<string[]> {
  const text = `select id from signup_numbers where gone_at is null and ${where}`;
  if (address.startsWith('sqlite:')) {
    const file = new Database(address.slice('sqlite:'.length), { timeout: 5_000 });
    const ids = file.prepare<[], { id: string }>(text).all();
    file.close();
    return ids.map(({ id }) => id);
  }
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(text);
  await client.end();
  return rows.map(({ id }) => id);
}
