import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import request from 'supertest';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { bundleProgram, type BundledProgram } from '../support/bundle-program.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { startHostProcess } from '../torture/support/host-process.ts';
import { envelope, partnerAdded, signatureOf, startIntake, type Intake } from './support/intake.ts';

const added = (n: number) => JSON.stringify(envelope('account_update', partnerAdded(String(10 ** 14 + n))));
const post = ({ app }: Pick<Intake, 'app'>, body: string, secret?: string) =>
  request(app)
    .post('/signup/webhook')
    .set('Content-Type', 'application/json')
    .set('X-Hub-Signature-256', signatureOf(body, secret))
    .send(body);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A store that counts its transactions. */
async function countedStore(database: TestDatabase): Promise<{ store: Store; commits: () => number }> {
  const engine = openDatabase(database.address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: () => undefined,
  });
  let commits = 0;
  const store = createStore({
    engine: {
      ...engine,
      async write(act) {
        const result = await engine.write(act);
        commits += 1;
        return result;
      },
    },
    scope: { appId: '1', businessId: '2' },
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs: 0,
    newId: systemRandom.id,
    destinations: () => [],
  });
  await store.migrate();
  commits = 0;
  return { store, commits: () => commits };
}

describe('an answer', () => {
  it('comes after the commit', async () => {
    let commit: () => void = () => undefined;
    const intake = startIntake({
      recordWebhook: () => new Promise((resolve) => (commit = () => resolve({ fresh: 1 }))),
    });
    let answered = false;
    const answer = post(intake, added(1)).then((given) => {
      answered = true;
      return given;
    });
    while (intake.recorded.length === 0) await turn();
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(answered).toBe(false);
    commit();
    expect((await answer).status).toBe(200);
  });

  it('is not 200 when the commit fails in a way that nobody foresaw, and says nothing of why', async () => {
    const intake = startIntake({ recordWebhook: () => Promise.reject(new Error('CANARY')) });
    const { status, body, text } = await post(intake, added(1));
    expect([status, body.code]).toEqual([500, 'internal_error']);
    expect(text + JSON.stringify(intake.log)).not.toContain('CANARY');
  });
});

describe.each(engines)('64 webhooks at once, on $name', ({ create }) => {
  it('are one commit, and each is on disk with its own work', async () => {
    const database = await create();
    const { store, commits } = await countedStore(database);
    const intake = startIntake({ recordWebhook: (input) => store.recordWebhook(input) });
    await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        intake.receive(Buffer.from(added(n)), { 'x-hub-signature-256': signatureOf(added(n)) }),
      ),
    );
    expect(commits()).toBe(1);
    expect(await store.leaseAccounts({ now: t0 + 89_999, limit: 100 })).toEqual([]);
    const looks = await store.leaseAccounts({ now: t0 + 90_000, limit: 100 });
    expect(new Set(looks.map(({ wabaId }) => wabaId)).size).toBe(64);
    await store.close();
    await database.drop();
  });
});

describe('a host that is killed right after its answers', () => {
  let program: BundledProgram;
  let sim: Simulator;
  beforeAll(async () => {
    program = await bundleProgram(new URL('../torture/support/host.ts', import.meta.url));
    sim = await startSimulator();
  });
  afterAll(async () => {
    await sim.close();
    await program.remove();
  });

  it.each(engines)('has lost none of what it answered with 200, on $name', async ({ create }) => {
    const database = await create();
    const accepted = new Set<string>();
    for (let life = 0; life < 3; life += 1) {
      const host = await startHostProcess(
        program.file,
        { meta: sim.meta, database: database.address, secret: 'a-secret-of-at-least-thirty-two-bytes' },
        () => undefined,
      );
      if (host === undefined) throw new Error('the host did not start');
      let killed: Promise<unknown> | undefined;
      await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          const wabaId = String(10 ** 14 + life * 100 + n);
          const body = JSON.stringify(envelope('account_update', partnerAdded(wabaId)));
          const answer = await fetch(`${host.url}/signup/webhook`, {
            method: 'POST',
            body,
            headers: {
              'content-type': 'application/json',
              'x-hub-signature-256': signatureOf(body, sim.appSecret),
            },
          }).catch(() => undefined);
          if (answer?.status === 200) accepted.add(wabaId);
          if (accepted.size >= life * 10 + 10) killed ??= host.kill();
        }),
      );
      await (killed ?? host.kill());
    }
    expect(accepted.size).toBeGreaterThanOrEqual(30);
    const known = await accountsOf(database, sim);
    expect([...accepted].filter((wabaId) => !known.has(wabaId))).toEqual([]);
    await database.drop();
  });
});

async function accountsOf(database: TestDatabase, { appId, businessId }: Simulator): Promise<Set<string>> {
  const engine = openDatabase(database.address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: () => undefined,
  });
  try {
    const rows = await engine.read
      .selectFrom('signup_accounts')
      .select('waba_id')
      .where('app_id', '=', appId)
      .where('business_id', '=', businessId)
      .execute();
    return new Set(rows.map(({ waba_id }) => waba_id));
  } finally {
    await engine.close();
  }
}
