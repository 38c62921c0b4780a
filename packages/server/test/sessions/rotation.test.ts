import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { startNode, type Node } from './support/nodes.ts';
import { saidBy } from './support/forge.ts';

const isLong = process.env['TEST_LONG'] === '1';
const secret = (n: number) => `the-secret-of-rotation-${n}-with-32-bytes`;

let sim: Simulator;
let database: TestDatabase;
let nodes: Node[];

async function start(engine: (typeof engines)[number], ...lists: string[][]): Promise<void> {
  database = await engine.createMigrated();
  const deps = { sim, database: database.address, now: () => t0 };
  nodes = [];
  for (const list of lists) nodes.push(await startNode(deps, list));
}
const node = (n: number): Node => {
  const one = nodes[n % nodes.length];
  if (one === undefined) throw new Error('no nodes');
  return one;
};

beforeEach(async () => {
  sim = await startSimulator({ now: () => t0, numbers: 3 });
});
afterEach(async () => {
  await Promise.all(nodes.map((one) => one.close()));
  await sim.close();
  await database.drop();
});

interface Answer {
  status: number;
  body: { code?: string; session?: string; claim?: { id: string; status: string } };
}

/** One call of a customer's page. */
async function call(to: Node, path: string, { session, customer, body }: Call): Promise<Answer> {
  const answer = await fetch(`${to.url}/signup${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === undefined ? {} : { authorization: `Bearer ${session}` }),
      ...(customer === undefined ? {} : { 'x-customer': customer }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) }; // the kit's own
}
interface Call {
  session?: string | undefined;
  customer?: string;
  body?: object;
}

async function open(to: Node, customer: string, session?: string): Promise<string> {
  const { status, body } = await call(to, '/sessions', { customer, session, body: {} });
  if (status !== 201 || body.session === undefined) throw new Error(`POST /sessions: ${status} ${body.code}`);
  return body.session;
}
const cancel = (to: Node, session: string) =>
  call(to, '/session-events', { session, body: { event: 'CANCEL' } });
const keyOf = (session: string): unknown =>
  (JSON.parse(Buffer.from(session.split('.')[0] ?? '', 'base64url').toString()) as { kid: unknown }).kid; // a token's header

const [sqlite, postgres] = engines;
if (sqlite === undefined || postgres === undefined) throw new Error('two engines are needed');

describe('while secrets are rotated over two nodes', () => {
  const [old, next] = [secret(1), secret(2)];

  it.each([
    ['the new one is appended at one node', [old], [old, next]],
    ['the new one is appended at both', [old, next], [old, next]],
    ['the new one comes to the front of one node', [old, next], [next, old]],
    ['the new one is in front at both', [next, old], [next, old]],
  ])('sessions of each are taken by both: %s', async (_name, one, other) => {
    await start(sqlite, one, other);
    for (const maker of nodes) {
      const session = await open(maker, 'ada');
      for (const taker of nodes) {
        expect((await cancel(taker, session)).status).toBe(204);
        expect(saidBy(await open(taker, 'ada', session))['jti']).toBe(saidBy(session)['jti']);
      }
    }
  });

  it('a new one that is put in front at once makes sessions that the other node refuses: so it is appended first', async () => {
    await start(sqlite, [next, old], [old]);
    const session = await open(node(0), 'ada');
    expect((await cancel(node(1), session)).body.code).toBe('session_invalid');
  });

  it('a session of a secret that was removed is refused, and is no reason to refuse a new one', async () => {
    await start(sqlite, [old], [old]);
    const session = await open(node(0), 'ada');
    await node(1).restart([next]);
    expect(await cancel(node(1), session)).toMatchObject({ status: 401, body: { code: 'session_invalid' } });
    expect(saidBy(await open(node(1), 'ada', session))['jti']).not.toBe(saidBy(session)['jti']);
  });

  it.each([
    ['the new one is appended at one node', [old], [old, next]],
    ['the new one comes to the front of one node', [old, next], [next, old]],
  ])('a code is the same code at both: %s', async (_name, one, other) => {
    await start(sqlite, one, other);
    await node(0).signup().pool.sync();
    for (const [first, second] of [
      [node(0), node(1)],
      [node(1), node(0)],
    ] as const) {
      const session = await open(first, `customer-of-${first.url}`);
      const half = { code: sim.signUp({ ownNumber: numberFor(first) }).code };
      const taken = await call(first, '/claims', { session, body: half });
      expect(taken.status).toBe(202);
      // The answer got lost, and the page sends the same again.
      const again = await call(second, '/claims', { session, body: half });
      expect([again.status, again.body]).toEqual([
        200,
        { claim: expect.objectContaining({ id: taken.body.claim?.id }) },
      ]);
    }
  });

  it('a code that one node sealed is exchanged by the other', async () => {
    await start(sqlite, [old, next], [next, old]);
    for (const [first, second] of [
      [node(0), node(1)],
      [node(1), node(0)],
    ] as const) {
      const session = await open(first, `customer-of-${first.url}`);
      const { code } = sim.signUp({ ownNumber: numberFor(first) });
      const { body } = await call(first, '/claims', { session, body: { code, event: 'FINISH' } });
      for (let round = 0; round < 10; round += 1) await second.signup().runDue();
      expect(await second.signup().claims.find(body.claim?.id ?? '')).toMatchObject({ status: 'registered' });
    }
  });

  const numberFor = (first: Node) => (first === nodes[0] ? '+15550200041' : '+15550200042');
});

describe('a rotation under load', () => {
  const rotations = isLong ? 60 : 2;
  const callsPerStep = isLong ? 200 : 20;

  it.each([sqlite, postgres])(
    'refuses no session inside the overlap, and takes none after removal, on $name',
    async (engine) => {
      await start(engine, [secret(0)], [secret(0)]);
      const clients = Array.from({ length: 8 }, (_, n) => ({ customer: `customer-${n}`, session: '' }));
      const wrong: string[] = [];
      const retired = new Set<string>();
      let calls = 0;
      let accepted = 0;
      const stop = { asked: false };
      let isRetiring = (_session: string): boolean => false;
      let waiting: { until: () => boolean; go: () => void } | undefined;

      /** Resolves when the load has brought something about; nothing waits for a clock. */
      const when = (until: () => boolean) =>
        new Promise<void>((go) => {
          waiting = { until, go };
        });
      const moreCalls = () => {
        const goal = calls + callsPerStep;
        return when(() => calls >= goal);
      };

      const load = clients.map(async (client, n) => {
        client.session = await open(node(n), client.customer);
        for (let turn = n; !stop.asked; turn += 1) {
          // Any node may be asked, whichever made the session.
          const to = node(turn + (turn >> 2));
          const { session, customer } = client;
          if (turn % 5 === 0 || isRetiring(session)) {
            client.session = await open(to, customer, session);
            retired.add(session);
            if (saidBy(client.session)['jti'] !== saidBy(session)['jti'])
              wrong.push('renewed under another id');
          } else if (turn % 5 === 1) {
            const answer = await call(to, '/claims/01990000-0000-7000-8000-000000000001', { session });
            if (answer.status !== 404) wrong.push(`GET /claims: ${answer.status} ${answer.body.code}`);
            else accepted += 1;
          } else {
            const answer = await cancel(to, session);
            if (answer.status !== 204) wrong.push(`session event: ${answer.status} ${answer.body.code}`);
            else accepted += 1;
          }
          calls += 1;
          if (waiting?.until() === true) waiting.go();
        }
      });
      // A client that fails would leave the rotation waiting for ever.
      const failed = Promise.all(load).then(() => new Promise<never>(() => undefined));
      const during = (step: Promise<void>) => Promise.race([step, failed]);

      let refused = 0;
      await during(moreCalls());
      for (let n = 0; n < rotations; n += 1) {
        const [old, next] = [secret(n), secret(n + 1)];
        for (const list of [
          [old, next],
          [next, old],
        ]) {
          for (const one of nodes) {
            await during(one.restart(list));
            await during(moreCalls());
          }
        }
        // In life this is the wait of 24 hours: every page has renewed its session, or has let it run out.
        const newest = keyOf(await open(node(0), 'somebody'));
        isRetiring = (session) => keyOf(session) !== newest;
        await during(when(() => clients.every(({ session }) => !isRetiring(session))));
        isRetiring = () => false;
        for (const one of nodes) {
          await during(one.restart([next]));
          await during(moreCalls());
        }
        const gone = [...retired].filter((session) => keyOf(session) !== newest);
        for (const [turn, session] of gone.entries()) {
          const answer = await cancel(node(turn), session);
          if (answer.status !== 401 || answer.body.code !== 'session_invalid') {
            wrong.push(`after removal: ${answer.status} ${answer.body.code}`);
          }
          retired.delete(session);
          refused += 1;
        }
      }
      stop.asked = true;
      await Promise.all(load);

      expect(wrong).toEqual([]);
      expect(accepted).toBeGreaterThan(rotations * callsPerStep);
      expect(refused).toBeGreaterThanOrEqual(rotations * clients.length);
    },
    isLong ? 600_000 : 20_000,
  );
});
