import type { ClaimStatus, SessionAnswer } from '@embedded-signup-kit/protocol';
import type { SignUpRequest } from '@embedded-signup-kit/simulator';
import express from 'express';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedSignup } from '../../src/index.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { poolWorld, secrets, type PoolWorld } from './support/pool-world.ts';
import { bundleCli, type Program } from './support/program.ts';

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
beforeEach(async () => {
  const created = await engines[0]?.create();
  if (created === undefined) throw new Error('no database');
  database = created;
  world = await poolWorld(cli, database.address, { numbers: 1 });
});
afterEach(async () => {
  await world.close();
  await database.drop();
});

/**
 * A customer signs up at a server that does no background work. Resolves to the id of the claim.
 *
 * @param carriedTo the server works on until the claim stands there
 */
async function claimOf(
  customerId: string,
  signUp: SignUpRequest = {},
  carriedTo?: ClaimStatus,
): Promise<string> {
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
    const popup = sim.signUp({ ids: numbers.map(({ id }) => id), ...signUp });
    const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as Meta's
    const answer = await request(app)
      .post('/signup/claims')
      .set('authorization', `Bearer ${session}`)
      .send({ event, data, code: popup.code });
    const { id } = (answer.body as { claim: { id: string } }).claim; // what the route answers
    if (carriedTo === undefined) return id;
    for (let round = 0; round < 20; round += 1) {
      if ((await web.claims.find(id))?.status === carriedTo) return id;
      await web.runDue();
    }
    throw new Error(`the claim did not come to ${carriedTo}`);
  } finally {
    await web.close();
  }
}

const csv = [
  'customer_id,waba_id,phone_number_id,phone_number,access_token,pin,registered_at',
  'ada,101,201,+1 415 555 0001,EAACANARYtoken,493817,2026-01-31T12:00:00Z',
  '"bea; ""B""",102,202,+1 415 555 0002,,,',
  'cem,103,203,12,,,',
  'dea,104,204,+1 415 555 0004,,CANARY,',
  '',
].join('\n');

describe('claims by the command line', { timeout: 60_000 }, () => {
  it('are imported, listed, and shown with their history; malformed rows are named', async () => {
    const file = await cli.write('claims.csv', csv);
    const first = await world.run('claims', 'import', file);
    expect(first.code).toBe(3);
    expect(first.out).toContain('imported       2\nknown already  0\nrefused        2\n');
    expect(first.out).toMatch(/^1 +4 +phone_number must be a possible telephone number/m);
    expect(first.out).toMatch(/^1 +5 +pin must be six digits$/m);
    const second = await world.run('claims', 'import', file, '--json');
    expect(second.code).toBe(3);
    expect(JSON.parse(second.out)).toMatchObject({ imported: 0, known: 2, complete: true });

    const list = await world.run('claims', 'list');
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out.split('\n')[0]).toMatch(/^NUMBER +STATUS +CUSTOMER +CHANGED +NEXT +REASON +ID$/);
    expect(list.out).toMatch(/^\+1 ?415.*0001 +registered +ada +now +nothing/m);
    expect(await world.json('claims', 'list', '--status', 'registered', '--search', 'ada')).toMatchObject([
      { customerId: 'ada', phoneNumberId: '201', status: 'registered' },
    ]);
    expect(await world.json('claims', 'list', '--status', 'needs_operator')).toEqual([]);

    for (const meant of ['ada', '+1 (415) 555-0001', '201']) {
      expect(await world.json('claims', 'show', meant)).toMatchObject({
        claim: { customerId: 'ada', wabaId: '101' },
        history: [{ who: 'ann', status: 'registered' }],
      });
    }
    const shown = await world.run('claims', 'show', 'ada');
    expect(shown.out).toMatch(/^status +registered$/m);
    expect(shown.out).toMatch(/^WHEN +WHO +STATUS +WHAT$/m);
    expect(await world.run('claims', 'retry', 'ada')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('A claim that is registered does not allow: retry.'),
    });
  });

  it('are imported from JSON as well', async () => {
    const rows = [{ customerId: 'ada', wabaId: '1', phoneNumberId: '2', phoneNumber: '+1 415 555 0001' }];
    const file = await cli.write('claims.json', JSON.stringify({ claims: rows }));
    expect(await world.run('claims', 'import', file, '--json')).toMatchObject({
      code: 0,
      out: `${JSON.stringify({ file, imported: 1, known: 0, refused: [], complete: true })}\n`,
    });
    const missing = await cli.write('missing.json', JSON.stringify([{ ...rows[0], wabaId: undefined }, 3]));
    const bad = await world.run('claims', 'import', missing);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/^1 +1 +wabaId is missing$/m);
    expect(bad.out).toMatch(/^1 +2 +the row must be an object$/m);
    const taken = await cli.write(
      'taken.json',
      JSON.stringify(rows.map((row) => ({ ...row, customerId: 'bea' }))),
    );
    const end = await world.run('claims', 'import', taken);
    expect(end.code).toBe(1);
    expect(end.out).toContain('Another customer has a live claim on this number.');
  });

  it('are imported more than a thousand at a time', async () => {
    const header = 'customerId,wabaId,phoneNumberId,phoneNumber';
    const rows = Array.from({ length: 1_234 }, (_none, n) => `c${n},1,${n + 1},+1415${2_000_000 + n}`);
    const file = await cli.write('many.csv', [header, ...rows].join('\r\n'));
    expect(JSON.parse((await world.run('claims', 'import', file, '--json')).out)).toMatchObject({
      imported: 1_234,
    });
  });

  it('are tried again, by the number or the customer', async () => {
    const id = await claimOf('ada');
    expect(await world.json('claims', 'list')).toMatchObject([{ id, status: 'received', customerId: 'ada' }]);
    const end = await world.run('claims', 'retry', 'ada');
    expect(end).toMatchObject({ code: 0, out: '' });
    expect(end.err).toContain(`embedded-signup claims show ${id}`);
    const { history } = (await world.json('claims', 'show', id)) as {
      history: { who: string; what: string }[];
    };
    expect(history.at(-1)).toMatchObject({ who: 'ann' });
  });

  it('that wait for a one-time code have it sent and handed in', async () => {
    const phoneNumber = '+15550201000';
    const signUp: SignUpRequest = { ids: [], ownNumber: phoneNumber, outcome: 'unverified' };
    const id = await claimOf('ada', signUp, 'needs_verification');
    const list = await world.run('claims', 'list');
    expect(list.out).toMatch(/needs_verification +ada +\S+ +have a code sent, and hand it in/);
    const asked = await world.run('claims', 'request-code', 'ada', '--voice', '--language', 'de');
    expect(asked).toMatchObject({ code: 0, out: '' });
    expect(asked.err).toContain(`embedded-signup claims verify ${id} <code>`);
    const sent = world.sim.inbox(phoneNumber).at(-1);
    expect(sent).toMatchObject({ method: 'VOICE', language: 'de' });
    expect(await world.run('claims', 'request-code', 'ada')).toMatchObject({
      code: 1,
      err: expect.stringContaining('A code was asked for a moment ago.'),
    });
    expect(await world.run('claims', 'verify', 'ada', 'x23456')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/code must be the six digits of the text/),
    });
    expect(await world.json('claims', 'verify', phoneNumber, sent?.code ?? '')).toMatchObject({
      id,
      status: 'registering',
    });
    const shown = await world.run('claims', 'show', id);
    expect(shown.out).toMatch(/ann +registering +verified by a one-time code/);
  });

  it('that are not there, or are more than one, are a sentence', async () => {
    expect(await world.run('claims', 'show', 'nobody')).toMatchObject({
      code: 1,
      out: '',
      err: 'error: There is no claim nobody. Look it up with `claims list`.\n',
    });
    // Nobody’s, and in the digits of Singapore’s.
    const claims = [{ customerId: 'ling', wabaId: '9', phoneNumberId: '9', phoneNumber: '+65 8234 5678' }];
    await world.run('claims', 'import', await cli.write('one.json', JSON.stringify(claims)));
    for (const national of ['(658) 234-5678', '6582345678']) {
      for (const verb of ['show', 'retry']) {
        const said = await world.run('claims', verb, national);
        expect([said.code, said.out]).toEqual([1, '']);
        expect(said.err).toMatch(/^error: There is no claim .*5678\. .*with the plus/);
      }
    }
    expect(await world.json('claims', 'show', '+6582345678')).toMatchObject({
      claim: { customerId: 'ling' },
    });
    const rows = ['2', '3'].map((n) => ({
      customerId: 'ada',
      wabaId: '1',
      phoneNumberId: n,
      phoneNumber: `+1415555000${n}`,
    }));
    await world.run('claims', 'import', await cli.write('two.json', JSON.stringify(rows)));
    const end = await world.run('claims', 'show', 'ada');
    expect(end).toMatchObject({ code: 1, out: '' });
    expect(end.err).toMatch(/^error: ada has several claims\. Name one by its id: [\w-]+ \(registered\), /);
  });
});
