import express from 'express';
import request from 'supertest';
import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedSignup } from '../../src/index.ts';
import { poolWorld, secrets, type PoolWorld } from '../cli/support/pool-world.ts';
import { bundleCli, type Program } from '../cli/support/program.ts';
import { engines, type TestDatabase } from '../support/databases.ts';

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let world: PoolWorld;
let claim: { id: string; phoneNumberId: string; phoneNumber: string };
beforeEach(async () => {
  const created = await engines[0]?.create();
  if (created === undefined) throw new Error('no database');
  database = created;
  world = await poolWorld(cli, database.address, { numbers: 1 });
  claim = await registered('lucky-shrub');
});
afterEach(async () => {
  await world.close();
  await database.drop();
});

/** A customer signs up at a server, which does its work and is closed. */
async function registered(customerId: string): Promise<typeof claim> {
  const { sim } = world;
  const web = await createEmbeddedSignup({
    meta: sim.meta,
    database: database.address,
    secrets: [secrets.kit],
    customer: (req) => req.get('x-customer'),
  });
  try {
    await web.pool.sync();
    const app = express().use('/signup', web.router);
    const opened = await request(app).post('/signup/sessions').set('x-customer', customerId).send({});
    const { session, numbers } = opened.body as SessionAnswer; // what the route answers
    const popup = sim.signUp({ ids: numbers.map(({ id }) => id) });
    const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as Meta's
    const answer = await request(app)
      .post('/signup/claims')
      .set('authorization', `Bearer ${session}`)
      .send({ event, data, code: popup.code });
    const { id } = (answer.body as { claim: { id: string } }).claim; // what the route answers
    for (let round = 0; round < 20; round += 1) {
      const found = await web.claims.find(id);
      if (found?.status === 'registered') {
        return { id, phoneNumberId: found.phoneNumberId ?? '', phoneNumber: found.phoneNumber ?? '' };
      }
      await web.runDue();
    }
    throw new Error('the claim was not registered');
  } finally {
    await web.close();
  }
}

describe('numbers show', () => {
  it('prints all that is known of a number, which it reads when nobody has', async () => {
    const { code, out } = await world.run('numbers', 'show', claim.phoneNumberId);
    expect(code).toBe(0);
    expect(out).toMatch(/^status +CONNECTED$/m);
    expect(out).toMatch(/^code verification +VERIFIED$/m);
    expect(out).toMatch(/^throughput +STANDARD$/m);
    expect(out).toMatch(/^customer +lucky-shrub$/m);
    expect(out).toMatch(/^identity check +never set$/m);
    expect(out).toMatch(/^read +\d{4}-.* \(now\)$/m);
  });

  it('finds it by its telephone number and by its claim, too', async () => {
    const shown = await world.json('numbers', 'show', claim.phoneNumberId);
    expect(shown).toMatchObject({
      number: { id: claim.phoneNumberId, claimId: claim.id, customerId: 'lucky-shrub', status: 'CONNECTED' },
      changes: [],
    });
    for (const name of [claim.phoneNumber, `00${claim.phoneNumber.slice(1)}`, claim.id]) {
      expect(await world.json('numbers', 'show', name)).toEqual(shown);
    }
  });

  it('reads it from Meta first when asked, and prints what changed', async () => {
    await world.run('numbers', 'show', claim.phoneNumberId);
    world.sim.emit({
      kind: 'phone-number-quality-update',
      phoneNumberId: claim.phoneNumberId,
      event: 'THROUGHPUT_UPGRADE',
    });
    expect((await world.run('numbers', 'show', claim.phoneNumberId)).out).toMatch(/^throughput +STANDARD$/m);
    const { out } = await world.run('numbers', 'show', claim.phoneNumberId, '--refresh');
    expect(out).toMatch(/^throughput +HIGH$/m);
    expect(out).toMatch(/^\d{4}-.* UTC +meta +throughputLevel +STANDARD +HIGH$/m);
  });

  it('says what to do about a number that cannot be read, and fails when it was to be refreshed', async () => {
    world.sim.setFaults([
      {
        match: { method: 'GET', path: `/${claim.phoneNumberId}` },
        times: 'always',
        fault: { kind: 'error', status: 401, error: { code: 190, message: 'No.' } },
      },
    ]);
    const shown = await world.run('numbers', 'show', claim.phoneNumberId);
    expect([shown.code, shown.out]).toEqual([
      0,
      expect.stringMatching(/^problem +.*sign up again.*auth:190/m),
    ]);
    const refreshed = await world.run('numbers', 'show', claim.phoneNumberId, '--refresh', '--json');
    expect([refreshed.code, refreshed.out]).toEqual([1, '']);
    expect(refreshed.err).toContain('190');
  });

  it('says so when there is no such number', async () => {
    // Digits alone are an id: they may be another country's telephone number.
    for (const unknown of ['4711', '+1 555-010-9999', claim.phoneNumber.slice(1)]) {
      const { code, out, err } = await world.run('numbers', 'show', unknown);
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain('claims list');
      expect(err.includes('with the plus')).toBe(!unknown.startsWith('+'));
    }
  });
});

describe('numbers identity-check', () => {
  it('switches it on and off, under the name of who did it', async () => {
    await world.run('numbers', 'show', claim.phoneNumber);
    const on = await world.json('numbers', 'identity-check', claim.phoneNumber, 'on');
    expect(on).toMatchObject({
      number: { id: claim.phoneNumberId, claimId: claim.id, identityCheck: true },
      changes: [{ fact: 'identityCheck', after: 'on', who: 'ann' }],
    });
    // As the operator's routes answer, all three alike.
    expect(on).toEqual(await world.json('numbers', 'show', claim.phoneNumber));
    const { code, err } = await world.run(
      'numbers',
      'identity-check',
      claim.phoneNumberId,
      'off',
      '--as',
      'bea',
    );
    expect([code, err]).toEqual([0, expect.stringContaining('is off')]);
    const { out } = await world.run('numbers', 'show', claim.phoneNumberId);
    expect(out).toMatch(/^identity check +off$/m);
    expect(out).toMatch(/bea +identityCheck +on +off$/m);
    expect(out).toMatch(/ann +identityCheck +— +on$/m);
  });

  it('takes on and off alone', async () => {
    const { code } = await world.run('numbers', 'identity-check', claim.phoneNumberId, 'maybe');
    expect(code).toBe(2);
  });
});
