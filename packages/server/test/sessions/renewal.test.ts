import type { ClaimStatus, SessionAnswer } from '@embedded-signup-kit/protocol';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from '../support/host.ts';
import { forgeFor, saidBy } from './support/forge.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let host: TestHost;
beforeEach(async () => {
  host = await startHost({ numbers: 5 });
});
afterEach(() => host.close());

const idOf = (session: string) => saidBy(session)['jti'];

async function renew(session: string, customer = 'lucky-shrub'): Promise<SessionAnswer> {
  const answer = await request(host.app)
    .post('/signup/sessions')
    .set('x-customer', customer)
    .set('Authorization', `Bearer ${session}`)
    .send({});
  expect(answer.status).toBe(201);
  return answer.body as SessionAnswer; // what the route answers
}

/** The customer goes through the popup and takes the number they were offered. */
function popupOf(numbers: SessionAnswer['numbers']) {
  const { messages, code, wabaId } = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
  const { event, data } = JSON.parse(messages[0] ?? '{}') as { event: string; data: object }; // the simulator's own
  return { finish: { event, data }, code, wabaId };
}

const claim = (session: string, body: object) =>
  request(host.app).post('/signup/claims').set('Authorization', `Bearer ${session}`).send(body);

describe('a session that is renewed', () => {
  it('keeps its id for 24 hours after it was first opened, however often, and gets a fresh one then', async () => {
    const { session } = await host.open('lucky-shrub');
    let latest = session;
    for (let hours = 1; hours < 24; hours += 1) {
      host.pass(hour);
      latest = (await renew(latest)).session;
      expect(idOf(latest)).toBe(idOf(session));
    }
    host.pass(hour - second);
    const last = (await renew(latest)).session;
    expect(idOf(last)).toBe(idOf(session));
    host.pass(second);
    const fresh = (await renew(last)).session;
    expect(idOf(fresh)).not.toBe(idOf(session));
    // The day begins anew with the fresh one.
    host.pass(23 * hour);
    expect(idOf((await renew(fresh)).session)).toBe(idOf(fresh));
  });

  it('may deliver its claim for 24 hours after the last renewal, also when its id is as old as it gets', async () => {
    const { session } = await host.open('lucky-shrub');
    host.pass(20 * hour);
    const middle = (await renew(session)).session;
    host.pass(4 * hour - second);
    const last = (await renew(middle)).session;
    expect(idOf(last)).toBe(idOf(session));
    host.pass(24 * hour - 2 * second);
    expect((await claim(middle, { event: 'FINISH' })).body.code).toBe('session_expired');
    expect((await claim(last, { event: 'FINISH' })).status).toBe(202);
    host.pass(3 * second);
    expect((await claim(last, { event: 'FINISH' })).body.code).toBe('session_expired');
  });

  it('made by a version that did not write when it was opened counts from when it was made', async () => {
    const forge = forgeFor(host.sim.appId);
    const old = forge.token({ claims: { fo: undefined, exp: Number(forge.claims['exp']) + 3_600 } });
    host.pass(24 * hour - second);
    const renewed = (await renew(old)).session;
    expect(idOf(renewed)).toBe(idOf(old));
    expect(saidBy(renewed)['fo']).toBe(forge.claims['iat']);
    host.pass(second);
    expect(idOf((await renew(old)).session)).not.toBe(idOf(old));
  });

  it('is not renewed for another customer, nor once it is over', async () => {
    const { session } = await host.open('lucky-shrub');
    expect(idOf((await renew(session, 'wind-and-wool')).session)).not.toBe(idOf(session));
    host.pass(25 * hour);
    expect(idOf((await renew(session)).session)).not.toBe(idOf(session));
  });

  it('gets its number again', async () => {
    const { session, numbers } = await host.open('lucky-shrub');
    host.pass(59 * minute);
    expect((await renew(session)).numbers).toEqual(numbers);
  });
});

describe('a session that has brought a claim', () => {
  /** Brings the session's claim to where it is wanted, by what Meta and the operator do. */
  const ways: Partial<Record<ClaimStatus, (session: string) => Promise<void>>> = {
    received: async (session) => {
      await claim(session, { event: 'FINISH' });
    },
    dismissed: async (session) => {
      const { body } = await claim(session, { event: 'FINISH' });
      await host.signup.claims.dismiss(body.claim.id, 'a test');
    },
    registered: async (session) => {
      const { id } = (await renew(session)).numbers[0] ?? { id: '' };
      const popup = host.sim.signUp({ ids: [id] });
      await claim(session, { code: popup.code, event: 'FINISH' });
      await host.settle();
    },
    no_number: async (session) => {
      const popup = host.sim.signUp({ outcome: 'only_waba' });
      await claim(session, { code: popup.code, event: 'FINISH_ONLY_WABA' });
      await host.settle();
    },
  };

  it.each(Object.keys(ways) as ClaimStatus[])(
    'which is %s, is a new one when it is renewed',
    async (status) => {
      const { session } = await host.open('lucky-shrub');
      await ways[status]?.(session);
      expect((await host.signup.claims.list({ limit: 10 })).items).toMatchObject([{ status }]);
      const fresh = (await renew(session)).session;
      expect(idOf(fresh)).not.toBe(idOf(session));
      const next = await claim(fresh, { event: 'FINISH' });
      expect(next.status).toBe(202);
      expect((await host.signup.claims.list({ limit: 10 })).items).toHaveLength(2);
    },
  );

  it('which waits for another sign-up, keeps its id, and the next code joins that claim', async () => {
    const { session, numbers } = await host.open('lucky-shrub');
    const first = await claim(session, { event: 'FINISH', data: { waba_id: '123456789012345' } });
    await host.settle();
    expect(await host.signup.claims.find(first.body.claim.id)).toMatchObject({ status: 'needs_signup' });

    const renewed = (await renew(session)).session;
    expect(idOf(renewed)).toBe(idOf(session));
    const next = popupOf(numbers);
    const again = await claim(renewed, { ...next.finish, code: next.code });
    expect(again.status).toBe(202);
    expect(again.body.claim.id).toBe(first.body.claim.id);
    await host.settle();
    const { items } = await host.signup.claims.list({ limit: 10 });
    expect(items).toMatchObject([{ id: first.body.claim.id, status: 'registered' }]);
  });

  it('is not held to the account of a popup whose code never came, when the next code comes ahead of its event', async () => {
    const { session, numbers } = await host.open('lucky-shrub');
    // They go through the popup with an account that is not there any more when they do it again.
    await claim(session, { event: 'FINISH', data: { waba_id: '123456789012345' } });
    await host.settle();
    const renewed = (await renew(session)).session;
    const next = popupOf(numbers);
    await claim(renewed, { code: next.code });
    await claim(renewed, next.finish);
    await host.settle();
    expect((await host.signup.claims.list({ limit: 10 })).items).toMatchObject([
      { status: 'registered', wabaId: next.wabaId },
    ]);
  });

  it('goes on taking the other half with the text that brought the first one', async () => {
    const { session, numbers } = await host.open('lucky-shrub');
    const popup = host.sim.signUp({ ids: numbers.map(({ id }) => id) });
    const first = await claim(session, { code: popup.code });
    await renew(session);
    const half = await claim(session, { event: 'FINISH' });
    expect(half.status).toBe(202);
    expect(half.body.claim.id).toBe(first.body.claim.id);
  });
});
