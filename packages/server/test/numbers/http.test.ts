import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startIdentityHost, type IdentityHost } from '../identity/support/identity-host.ts';

const minute = 60_000;
const hour = 60 * minute;

let host: IdentityHost;
let id: string;
let claimId: string;
beforeEach(async () => {
  host = await startIdentityHost({ identityCheck: false, operator: () => 'Nadia' });
  ({ phoneNumberId: id, claimId } = await host.registered());
});
afterEach(() => host.close());

const get = (path: string) => request(host.app).get(`/operator/phone-numbers/${path}`);
const refresh = (of = id) => request(host.app).post(`/operator/phone-numbers/${of}/refresh`).send({});
const check = (body: object) =>
  request(host.app).put(`/operator/phone-numbers/${id}/identity-check`).send(body);
const reads = () => host.sim.requests({ method: 'GET', path: `/${id}` }).length;
const refuse = (code: number, status = 400) =>
  host.sim.setFaults([
    {
      match: { method: 'GET', path: `/${id}` },
      times: 'always',
      fault: { kind: 'error', status, error: { code, message: 'No.' } },
    },
  ]);

describe('GET /phone-numbers/:id', () => {
  it('reads a number now that was never read, and answers with all that is known of it', async () => {
    const { status, body } = await get(id);
    expect(status).toBe(200);
    expect(body.number).toMatchObject({
      id,
      claimId,
      customerId: 'lucky-shrub',
      phoneNumber: expect.stringMatching(/^\+1555\d{7}$/),
      status: 'CONNECTED',
      codeVerificationStatus: 'VERIFIED',
      qualityRating: expect.any(String),
      nameStatus: expect.any(String),
      verifiedName: expect.any(String),
      throughputLevel: 'STANDARD',
      messagingLimit: expect.stringMatching(/^TIER_/),
      lastOnboardedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      readAt: expect.stringMatching(/Z$/),
      nextReadAt: expect.stringMatching(/Z$/),
    });
    expect(body.number.problem).toBeUndefined();
    expect(body.number.identityCheck).toBeUndefined();
    expect(body.changes).toEqual([]);
  });

  it('asks Meta nothing once it was read', async () => {
    await get(id);
    const before = reads();
    await get(id);
    expect(reads()).toBe(before);
  });

  it('says why it knows nothing where Meta does not let it read, and what to do; and asks once', async () => {
    refuse(190, 401);
    const before = reads();
    const { status, body } = await get(id);
    expect(status).toBe(200);
    expect(body.number.status).toBeUndefined();
    expect(body.number.readAt).toBeUndefined();
    expect(body.number.problem).toMatchObject({
      reason: 'auth:190',
      message: expect.stringContaining('sign up again'),
      at: expect.stringMatching(/Z$/),
    });
    await get(id);
    expect(reads()).toBe(before + 1);
  });

  it('shows what changed, the newest first', async () => {
    await get(id);
    host.pass(minute);
    for (const decision of ['PENDING', 'REJECTED'] as const) {
      host.sim.emit({ kind: 'phone-number-name-update', phoneNumberId: id, decision });
      await host.deliver();
    }
    const { body } = await get(id);
    expect(body.number.nameStatus).toBe('DECLINED');
    expect(body.changes[0]).toEqual({
      id: expect.any(String),
      at: expect.stringMatching(/^2026-01-01T.*Z$/),
      fact: 'nameStatus',
      before: 'PENDING_REVIEW',
      after: 'DECLINED',
      who: 'meta',
    });
  });

  it('tells of a number that has left when that was, and that nobody owns it', async () => {
    await get(id);
    await request(host.app).post(`/operator/claims/${claimId}/end`).send({});
    const { body } = await get(id);
    expect(body.number).toMatchObject({ status: 'CONNECTED', leftAt: expect.stringMatching(/Z$/) });
    expect(body.number.claimId).toBeUndefined();
    expect(body.number.nextReadAt).toBeUndefined();
    expect((await refresh()).body).toMatchObject({ status: 409, code: 'phone_number_left' });
  });

  it('knows nothing of what is no number in service', async () => {
    for (const unknown of ['123', '0', 'claims', '%00', '1'.repeat(40), '12a']) {
      const { status, body } = await get(unknown);
      expect([unknown, status, body.code]).toEqual([unknown, 404, 'not_found']);
    }
  });
});

describe('POST /phone-numbers/:id/refresh', () => {
  it('reads it from Meta now', async () => {
    await get(id);
    host.sim.setDelivery({ auto: false, drop: 1 });
    host.sim.emit({ kind: 'phone-number-quality-update', phoneNumberId: id, event: 'THROUGHPUT_UPGRADE' });
    expect((await get(id)).body.number.throughputLevel).toBe('STANDARD');
    host.pass(hour);
    const { status, body } = await refresh();
    expect(status).toBe(200);
    expect(body.number.throughputLevel).toBe('HIGH');
    expect(body.changes).toMatchObject([
      { fact: 'throughputLevel', before: 'STANDARD', after: 'HIGH', who: 'meta' },
    ]);
  });

  it('says what Meta said when that fails; what is known stays, with why', async () => {
    await get(id);
    refuse(10, 403);
    const failed = await refresh();
    expect([failed.status, failed.body.code]).toEqual([422, 'refused_by_meta']);
    const { body } = await get(id);
    expect(body.number).toMatchObject({ status: 'CONNECTED', problem: { reason: 'permission:10' } });
    host.sim.setFaults([]);
    expect((await refresh()).body.number.problem).toBeUndefined();
  });

  it('takes no body but an empty one, and no number that nobody owns', async () => {
    const odd = await request(host.app).post(`/operator/phone-numbers/${id}/refresh`).send({ now: true });
    expect([odd.status, odd.body.code]).toEqual([400, 'invalid_request']);
    expect((await refresh('4711')).status).toBe(404);
  });
});

describe('PUT /phone-numbers/:id/identity-check', () => {
  it('switches it on and off, under the name of who did it', async () => {
    const on = await check({ enabled: true });
    expect([on.status, on.body.number.identityCheck]).toEqual([200, true]);
    const off = await check({ enabled: false });
    expect(off.body.number.identityCheck).toBe(false);
    expect(off.body.changes).toMatchObject([
      { fact: 'identityCheck', before: 'on', after: 'off', who: 'Nadia' },
      { fact: 'identityCheck', after: 'on', who: 'Nadia' },
    ]);
  });

  it('takes nothing but true and false', async () => {
    for (const body of [{}, { enabled: 'on' }, { enabled: true, force: true }]) {
      const { status, body: problem } = await check(body);
      expect([status, problem.code]).toEqual([400, 'invalid_request']);
    }
  });
});
