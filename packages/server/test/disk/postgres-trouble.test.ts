import pg from 'pg';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';

let host: TestHost;
let admin: pg.Client;
beforeEach(async () => {
  host = await startHost({ engine: 'PostgreSQL' });
  admin = new pg.Client({ connectionString: host.database.address });
  await admin.connect();
});
afterEach(async () => {
  await admin.end();
  await host.close();
});

/** Makes every commit of a claim fail as the server says it when its own disk is in trouble. */
async function failCommitsWith(state: string): Promise<void> {
  await admin.query(`
    create function in_trouble() returns trigger language plpgsql as
      $$ begin raise exception 'of a test' using errcode = '${state}'; end $$;
    create constraint trigger in_trouble after insert on signup_claims
      deferrable initially deferred for each row execute function in_trouble()`);
}
const claim = (session: string) =>
  request(host.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${session}`)
    .send({ event: 'FINISH', data: { phone_number_id: '1', waba_id: '2' } });
const shown = async () => {
  const { body } = await request(host.app).get('/operator/claims');
  return body.claims.map((one: { id: string }) => one.id) as string[];
};

describe('PostgreSQL on a disk in trouble', () => {
  it.each([
    ['has no room (53100)', '53100'],
    ['has no memory (53200)', '53200'],
    ['cannot read or write (58030)', '58030'],
    ['takes no writes (25006)', '25006'],
    ['goes down after a failed fsync (57P02)', '57P02'],
  ])('that %s accepts nothing, shows nothing, and goes on when it is well again', async (_what, state) => {
    const [ada, bob] = [await host.open('ada'), await host.open('bob')];
    const before = await claim(ada.session);
    expect(before.status).toBe(202);

    await failCommitsWith(state);
    const refused = await claim(bob.session);
    expect(refused.status).toBe(503);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.body.code).toBe('store_unavailable');
    expect(Number(refused.get('retry-after'))).toBeGreaterThan(0);
    expect(await shown()).toEqual([before.body.claim.id]);

    await admin.query('drop trigger in_trouble on signup_claims');
    const accepted = await claim(bob.session);
    expect(accepted.status).toBe(202);
    expect(new Set(await shown())).toEqual(new Set([before.body.claim.id, accepted.body.claim.id]));
  });
});
