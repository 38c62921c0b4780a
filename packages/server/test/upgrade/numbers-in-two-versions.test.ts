import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClaimAnswer } from '@embedded-signup-kit/protocol';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import request from 'supertest';
import { createEmbeddedSignup, PhoneNumberLeftError, PhoneNumberMissingError } from '../../src/index.ts';
import { catchUp } from '../numbers/support/catch-up.ts';
import { engines, openStore } from '../support/databases.ts';
import { startHost, type TestHost } from '../support/host.ts';
import { until } from '../torture/support/until.ts';
import { createCrowd, type Crowd, type TakenClaim } from './support/crowd.ts';
import { rowsOf, run } from './support/database.ts';
import type { RunningNode } from './support/start-node.ts';
import { createNodesWorld, nodeBefore, type NodesWorld } from './support/world.ts';

const timeout = process.env['TEST_LONG'] === '1' ? 1_800_000 : 120_000;
const hour = 3_600_000;
const quiet = () => undefined;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/node-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

describe.each(engines)(
  'what the version before does not know of, on one $name database',
  { timeout },
  ({ name }) => {
    let world: NodesWorld;
    beforeEach(async () => {
      world = await createNodesWorld(name, 20);
    });
    afterEach(() => world.close());

    const crowdOf = (node: RunningNode): Crowd => createCrowd({ sim: world.sim, url: () => node.url });
    const signedUp = async (crowd: Crowd, customers: readonly string[]): Promise<string[]> => {
      const taken: TakenClaim[] = [];
      for (const customer of customers) taken.push(await crowd.signUp(customer));
      await crowd.settled();
      return taken.map(({ phoneNumberId }) => phoneNumberId).sort();
    };
    const noted = async (where: string) => {
      const text = `select phone_number_id as id from signup_phone_numbers where ${where} order by 1`;
      return (await rowsOf<{ id: string }>(world.database, text)).map(({ id }) => id);
    };
    const sweep = async (limit: number): Promise<number> => {
      const { appId, businessId } = world.sim.meta;
      const store = await openStore(world.database.address, undefined, undefined, { appId, businessId });
      try {
        return await catchUp(store, { now: Date.now(), limit });
      } finally {
        await store.close();
      }
    };

    it('are the numbers that it puts in service after the migration: they are found, each once', async () => {
      const before = await world.start(nodeBefore);
      await before.started;
      const crowd = crowdOf(before);
      const early = await signedUp(crowd, ['ada', 'bob']);
      await world.start(bundled.file, { works: false });
      expect(await noted('left_at is null')).toEqual(early);
      const late = await signedUp(crowd, ['cid', 'dot', 'eve']);
      expect(await noted('left_at is null')).toEqual(early);

      const now = Date.now();
      expect(await sweep(2)).toBe(3);
      expect(await noted('left_at is null')).toEqual([...early, ...late].sort());
      expect(await sweep(10)).toBe(0);
      const asClaimed = `facts = '{}' and failures = 0 and read_at is null and run_at < ${now + hour} and exists (
        select id from signup_claims claim where claim.live = 1
          and claim.phone_number_id = signup_phone_numbers.phone_number_id
          and claim.app_id = signup_phone_numbers.app_id and claim.business_id = signup_phone_numbers.business_id
          and claim.waba_id = signup_phone_numbers.waba_id and claim.phone_number = signup_phone_numbers.phone_number
          and claim.digits = signup_phone_numbers.digits
          and claim.display_phone_number = signup_phone_numbers.display_phone_number)`;
      expect(await noted(asClaimed)).toEqual([...early, ...late].sort());
    });

    it('is the step of a claim that waits for a code: it leaves the work to others, and the claim as it is', async () => {
      const before = await world.start(nodeBefore);
      await before.started;
      const crowd = crowdOf(before);
      await world.start(bundled.file, { works: false });
      await signedUp(crowd, ['ada']);
      const [claim] = crowd.claims;
      const seen = async () => {
        const { text } = await crowd.ask(before.url, `/signup/claims/${claim?.id}`, 'ada');
        return (JSON.parse(text) as ClaimAnswer).claim; // what the route answers
      };
      const asItWas = await seen();
      const { appId, businessId } = world.sim.meta;
      await run(
        world.database,
        `insert into signup_work
            (id, app_id, business_id, kind, claim_id, step, run_at, attempts, lease_until, fence, wakes, created_at)
          values ('work-1', '${appId}', '${businessId}', 'claim', '${claim?.id}', 'code', 1, 0, null, 0, 0, 1)`,
      );
      interface Work {
        step: string;
        run_at: number;
        attempts: number;
        lease_until: number | null;
      }
      const work = () =>
        rowsOf<Work>(world.database, 'select step, run_at, attempts, lease_until from signup_work');
      const isLeft = async () => {
        const [row] = await work();
        return row === undefined || (row.attempts > 0 && row.lease_until === null);
      };
      const begun = Date.now();
      await until('the node has looked at the work', isLeft, { ms: 20_000 });
      expect(await work()).toEqual([
        { step: 'code', run_at: expect.any(Number), attempts: 1, lease_until: null },
      ]);
      const [row] = await work();
      expect(row?.run_at).toBeGreaterThan(begun);
      expect(row?.run_at).toBeLessThan(Date.now() + 10 * 60_000);
      expect(await seen()).toEqual({ ...asItWas, step: expect.anything() });
      expect(before.isAlive()).toBe(true);
      // It goes on with what it knows.
      await signedUp(crowd, ['bob']);
    });

    it('is the name that an operator chose for a number on an account: it leaves the claim to others', async () => {
      const before = await world.start(nodeBefore);
      await before.started;
      await signedUp(crowdOf(before), ['ada']);
      // This version, taking what an operator asks for, and doing none of it.
      const after = await createEmbeddedSignup({
        meta: world.sim.meta,
        database: world.database.address,
        secrets: [world.secret],
        customer: () => undefined,
        deps: { logger: { debug: quiet, info: quiet, warn: quiet, error: quiet } },
      });
      const [account] = await rowsOf<{ id: string }>(
        world.database,
        'select waba_id as id from signup_claims',
      );
      const [number] = await rowsOf<{ id: string }>(
        world.database,
        'select id from signup_numbers where held_by is null and claim_id is null and gone_at is null',
      );
      const chosen = { numberId: number?.id ?? '', verifiedName: 'The Name They Chose' };
      const opened = await after.numbers.putOnAccount(account?.id ?? '', 'grace', chosen);
      const namesAtMeta = () => world.sim.state().phoneNumbers.map(({ verifiedName }) => verifiedName);
      const known = namesAtMeta();
      const claimNow = async () => (await after.claims.find(opened.claim.id))?.status;
      await until(
        'the node has looked at the claim',
        async () => {
          const left = await rowsOf(
            world.database,
            'select id from signup_work where attempts > 0 and lease_until is null',
          );
          return left.length > 0 || (await claimNow()) !== 'received';
        },
        { ms: 20_000 },
      );
      expect(await claimNow()).toBe('received');
      expect(namesAtMeta()).toEqual(known);

      await before.stop();
      await run(world.database, 'update signup_work set run_at = 1');
      await (
        await world.start(bundled.file)
      ).started;
      await until('the number is registered', async () => (await claimNow()) === 'registered', {
        ms: 20_000,
      });
      expect(namesAtMeta()).toEqual([...known, chosen.verifiedName]);
      await after.close();
    });

    it.each(['handler', 'http'] as const)(
      'is a changed identity that its host should be told by %s: it leaves the event to others, unchanged',
      async (destination) => {
        const before = await world.start(nodeBefore);
        await before.started;
        const host = await hostThatHears();
        const after = await world.start(bundled.file, { works: false });
        const { appId, businessId } = world.sim.meta;
        const data = { phoneNumberId: '106540352242922', waId: '16505551234', how: 'mismatch' };
        await run(
          world.database,
          `insert into signup_host_events
            (id, destination, app_id, business_id, type, claim_id, position, occurred_at, data, state, run_at, attempts,
             first_tried_at, lease_until, fence, last_error)
          values ('event-1', '${destination}', '${appId}', '${businessId}', 'identityChanged', null, 0, 1,
            '${JSON.stringify(data)}', 'waiting', 1, 0, null, null, 0, null)`,
        );
        interface Waiting {
          state: string;
          run_at: number;
          last_error: string;
        }
        const waiting = () =>
          rowsOf<Waiting>(
            world.database,
            'select state, run_at, last_error from signup_host_events where lease_until is null and attempts > 0',
          );
        const begun = Date.now();
        await until('the node has looked at the event', async () => (await waiting()).length > 0);
        const [event] = await waiting();
        expect(event).toMatchObject({ state: 'waiting', last_error: 'unknown_type' });
        expect(event?.run_at).toBeGreaterThanOrEqual(begun + hour);
        expect(event?.run_at).toBeLessThanOrEqual(Date.now() + hour);

        // An hour later, and a node of this version comes first.
        await before.stop();
        await after.stop();
        await run(world.database, `update signup_host_events set run_at = 1, destination = 'http'`);
        await (
          await world.start(bundled.file, {
            events: { url: host.url, secret: 'a secret of 24 bytes or more' },
          })
        ).started;
        await until('the host is told', () => host.heard.length > 0);
        expect(host.heard).toEqual([
          { id: 'event-1', type: 'identityChanged', occurredAt: new Date(1).toISOString(), data },
        ]);
        await until('nothing waits', async () => (await waiting()).length === 0);
        await host.close();
      },
    );
  },
);

describe.each(engines)('a node of this version, on its own, on a $name database', { timeout }, ({ name }) => {
  let host: TestHost;
  beforeEach(async () => {
    host = await startHost({ engine: name === 'SQLite' ? 'SQLite' : 'PostgreSQL' });
  });
  afterEach(() => host.close());

  /** A sign-up to the end. @returns Meta's id of the number */
  const signUp = async (customerId: string): Promise<string> => {
    const { session, numbers } = await host.open(customerId);
    const { messages, code, phoneNumberId } = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
    const { event, data } = JSON.parse(messages[0] ?? '{}') as { event: string; data: object }; // as Meta documents it
    await request(host.app)
      .post('/signup/claims')
      .set({ 'x-customer': customerId, 'x-signup-session': session })
      .send({ event, data, code })
      .expect(202);
    await host.settle();
    return phoneNumberId ?? '';
  };

  const settleFor = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += hour) {
      host.pass(hour);
      await host.signup.runDue();
    }
  };

  it('notes what a node of the version before put in service, and reads it, within a day', async () => {
    const id = await signUp('ada');
    // As the version before leaves it: the claim alone.
    await run(host.database, 'delete from signup_phone_numbers');
    await settleFor(24 * hour);
    const text = 'select phone_number_id as id from signup_phone_numbers where left_at is null';
    expect(await rowsOf(host.database, text)).toEqual([{ id }]);
    await settleFor(hour);
    const number = await host.signup.numbers.find(id);
    expect(number).toMatchObject({ phoneNumberId: id, failures: 0 });
    expect(number.facts.status?.value).toBe('CONNECTED');
  });

  it('finds such a number at once when somebody asks for it, and none that nobody owns', async () => {
    const id = await signUp('ada');
    await run(host.database, 'delete from signup_phone_numbers');
    expect(await host.signup.numbers.find(id)).toMatchObject({ phoneNumberId: id, leftAt: undefined });
    await expect(host.signup.numbers.find('106540352242922')).rejects.toThrow(PhoneNumberMissingError);
  });

  it('lets a number leave that a node of the version before has ended the claim of, within a day', async () => {
    const [stays, leaves] = [await signUp('ada'), await signUp('bob')];
    await run(
      host.database,
      `update signup_claims set status = 'ended', live = 0 where phone_number_id = '${leaves}'`,
    );
    await settleFor(24 * hour);
    expect((await host.signup.numbers.find(leaves)).leftAt).toEqual(expect.any(Number));
    expect((await host.signup.numbers.find(stays)).leftAt).toBeUndefined();
    const text = { phoneNumberId: leaves, to: '+16505551234', body: 'Hello' };
    await expect(host.signup.numbers.sendText(text)).rejects.toThrow(PhoneNumberLeftError);
  });
});

/** A host's address that takes what comes. */
async function hostThatHears() {
  const heard: unknown[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (text: string) => (body += text));
    req.on('end', () => {
      heard.push(JSON.parse(body));
      res.writeHead(204).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/signup-events`,
    heard,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
