import type { Fault } from '@embedded-signup-kit/simulator';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, minute } from '../../src/domain/durations.ts';
import type { PoolError } from '../../src/pool/pool-errors.ts';
import { canaries } from '../support/host.ts';
import { startPoolHost, type PoolHost } from './support/pool-host.ts';

let host: PoolHost;
let id: string;
beforeEach(async () => {
  host = await startPoolHost({ nodes: 2, numbers: 1 });
  id = String(host.sim.state().preverifiedNumbers[0]?.id);
});
afterEach(() => host.close());

const pool = (node = 0) => (host.signups[node] ?? host.signups[0]).pool;
const remove = (options?: { force: boolean }, node = 0) => pool(node).delete(id, 'Nadia', options);
const atMeta = () => host.sim.state().preverifiedNumbers.map((number) => number.id);
const fault = (method: string, playing: Fault, path = '/*', times: number | 'always' = 1) =>
  host.sim.setFaults([{ match: { method, path }, times, fault: playing }]);
const throttled: Fault = { kind: 'throttled', code: 4, regainMinutes: 60 };
const deletes = () => host.sim.requests({ method: 'DELETE' }).length;
/** The ids that a customer is given. */
async function open(customer: string, node = 0): Promise<string[]> {
  const answer = await host.customer('/sessions', customer, node);
  expect(answer.status).toBe(201);
  return answer.body.numbers.map((number: { id: string }) => number.id);
}

describe('deleting a number', () => {
  it('that is set aside for a customer is refused, unless forced', async () => {
    expect(await open('lucky-shrub')).toEqual([id]);
    await expect(remove()).rejects.toMatchObject({
      code: 'number_held',
      heldUntil: host.now() + 60 * minute,
    });
    const answer = await host.send('delete', `/numbers/${id}`);
    expect([answer.status, answer.body.code]).toEqual([409, 'number_held']);
    expect(deletes()).toBe(0);
    expect((await host.send('delete', `/numbers/${id}?force=maybe`)).status).toBe(400);
    expect((await host.send('delete', `/numbers/${id}?force=true`)).status).toBe(204);
    expect(atMeta()).toEqual([]);
    expect(await open('lucky-shrub')).toEqual([]);
  });

  it('twice at once is once', async () => {
    fault('DELETE', { kind: 'slow', ms: 100 });
    const both = await Promise.allSettled([remove(undefined, 0), remove(undefined, 1)]);
    expect(both.map(({ status }) => status)).toContain('fulfilled');
    for (const one of both)
      if (one.status === 'rejected')
        expect(['number_gone', 'number_being_deleted']).toContain((one.reason as PoolError).code);
    expect(atMeta()).toEqual([]);
  });

  it('is told so while another node is at it, also by force, and the number stays with that one', async () => {
    host.sim.setFaults([
      { match: { method: 'DELETE', path: '/*' }, times: 1, fault: { kind: 'slow', ms: 400 } },
      { match: { method: 'DELETE', path: '/*' }, times: 'always', fault: throttled },
    ]);
    const one = remove(undefined, 0);
    await expect.poll(deletes).toBe(1);
    const until = host.now() + 10 * minute;
    for (const force of [false, true])
      await expect(remove({ force }, 1)).rejects.toMatchObject({ code: 'number_being_deleted', until });
    const answer = await host.send('delete', `/numbers/${id}?force=true`, undefined, 1);
    expect([answer.status, answer.body.code]).toEqual([409, 'number_being_deleted']);
    expect(await open('lucky-shrub', 1)).toEqual([]);
    expect(deletes()).toBe(1);
    await one;
    expect(atMeta()).toEqual([]);
  });

  it('again is told that it is gone, and Meta is not asked', async () => {
    await remove();
    host.calls();
    await expect(remove()).rejects.toMatchObject({ code: 'number_gone' });
    await expect(pool().delete('4711', 'Nadia')).rejects.toMatchObject({ code: 'number_missing' });
    expect(host.calls()).toEqual([]);
  });

  it('that Meta no longer has is told that it is gone, and it is offered no more', async () => {
    fault('DELETE', { kind: 'error', status: 400, error: { code: 100, error_subcode: 33, message: 'x' } });
    await expect(remove()).rejects.toMatchObject({ code: 'number_gone' });
    expect(await pool().find(id)).toMatchObject({ goneAt: host.now() });
  });

  it('is given to no customer while Meta is at it', async () => {
    fault('DELETE', { kind: 'slow', ms: 400 });
    const deleting = remove();
    await expect.poll(deletes).toBe(1);
    expect(await open('lucky-shrub', 1)).toEqual([]);
    await deleting;
    expect(await pool().find(id)).toMatchObject({ goneAt: host.now() });
  });

  it.each<[string, Fault]>([
    ['an answer that is lost', { kind: 'lost' }],
    ['an answer that breaks off', { kind: 'reset-mid-body' }],
    [
      'an outage after it was done',
      { kind: 'error', status: 500, error: { code: 2, message: 'x' }, done: true },
    ],
  ])('with %s is done when Meta has it no more', async (_what, playing) => {
    fault('DELETE', playing);
    await remove();
    expect(deletes()).toBe(1);
    expect((await pool().find(id)).goneAt).toBe(host.now());
  });

  it('that was lost on the way is told so; nobody is given the number for ten minutes, and it can be deleted again', async () => {
    fault('DELETE', { kind: 'reset' });
    await expect(remove()).rejects.toMatchObject({ code: 'answer_lost' });
    expect(await open('lucky-shrub')).toEqual([]);
    await remove();
    expect(atMeta()).toEqual([]);
  });

  it('that was lost on the way is forgotten after ten minutes', async () => {
    fault('DELETE', { kind: 'reset' });
    await expect(remove()).rejects.toMatchObject({ code: 'answer_lost' });
    host.pass(10 * minute);
    expect(await open('lucky-shrub')).toEqual([id]);
  });

  it.each<[string, Fault]>([
    ['refuses', { kind: 'error', status: 400, error: { code: 100, message: 'in use' } }],
    ['throttles', throttled],
  ])('that Meta %s gives the number back', async (_what, playing) => {
    fault('DELETE', playing, '/*', 'always');
    await expect(remove()).rejects.toThrow();
    expect(await open('lucky-shrub')).toEqual([id]);
  });

  it.each<[string, Fault]>([
    ['refuses', { kind: 'error', status: 422, error: { code: 100, message: 'in use' } }],
    ['throttles', throttled],
  ])('by force that Meta %s leaves the number to the customer who has it', async (_what, playing) => {
    expect(await open('lucky-shrub')).toEqual([id]);
    const before = await pool().find(id);
    fault('DELETE', playing, '/*', 'always');
    await expect(remove({ force: true })).rejects.toThrow();
    expect(await pool().find(id)).toEqual(before);
    expect(await open('wind-and-wool', 1)).toEqual([]);
    expect(await open('lucky-shrub', 1)).toEqual([id]);
  });

  it('that was lost is never taken for undone because the next one is refused', async () => {
    host.sim.setFaults([
      { match: { method: 'DELETE', path: '/*' }, times: 1, fault: { kind: 'lost' } },
      { match: { method: 'GET', path: '/*' }, times: 'always', fault: { kind: 'lost' } },
    ]);
    await expect(remove()).rejects.toMatchObject({ code: 'answer_lost' });
    expect(atMeta()).toEqual([]);
    for (const force of [false, true]) {
      host.pass(minute);
      fault('DELETE', throttled, '/*', 'always');
      await expect(remove({ force }, 1)).rejects.toMatchObject({ kind: 'throttled' });
      expect(await open('lucky-shrub')).toEqual([]);
    }
    // Nothing of it makes the ten minutes of the first one longer.
    expect((await pool().find(id)).heldUntil).toBe(host.now() + 8 * minute);
  });

  it('of which a process was killed leaves the number out for ten minutes, and the sync tells what came of it', async () => {
    // A process that got no further than this.
    const store = await host.ownStore();
    const withheld = await store.withholdNumber({
      id,
      now: host.now(),
      until: host.now() + 10 * minute,
      force: false,
    });
    expect(withheld).toMatchObject({ withheld: true });
    await expect(remove()).rejects.toMatchObject({ code: 'number_being_deleted' });
    expect(await open('lucky-shrub')).toEqual([]);
    host.pass(10 * minute);
    expect(await open('lucky-shrub')).toEqual([id]);
  });

  it('of another business is left to that one', async () => {
    const store = await host.ownStore();
    const record = await pool().find(id);
    await store.keepNumber({
      number: { ...record, id: '424242', ownerBusinessId: '31337' },
      now: host.now(),
    });
    for (const asked of [
      pool().delete('424242', 'Nadia'),
      pool().requestCode('424242', 'Nadia', { method: 'SMS' }),
      pool().submitCode('424242', 'Nadia', '123456'),
      pool().share('424242', 'Nadia', '99'),
      pool().unshare('424242', 'Nadia', '99'),
      pool().partners('424242'),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'number_not_ours', ownerBusinessId: '31337' });
    }
    expect(host.calls()).toEqual([]);
    expect((await host.get('/numbers/424242')).body.number).toMatchObject({ ownerBusinessId: '31337' });
  });

  it('that a customer has claimed is refused, unless forced', async () => {
    await host.close();
    host = await startPoolHost({ numbers: 1, chance: Number(canaries.pin) });
    id = String(host.sim.state().preverifiedNumbers[0]?.id);
    const opened = await host.customer('/sessions', 'lucky-shrub');
    const popup = host.sim.signUp({ ids: [id] });
    const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
    await request(host.app)
      .post('/signup/claims')
      .set('Authorization', `Bearer ${opened.body.session}`)
      .send({ event: message.event, data: message.data, code: popup.code });
    for (let round = 0; round < 10; round += 1) {
      await host.signups[0].runDue();
      host.pass(2_000);
    }
    const record = await pool().find(id);
    expect(record.claimId).toBeDefined();
    host.calls();
    const code = record.goneAt === undefined ? 'number_claimed' : 'number_gone';
    await expect(remove()).rejects.toMatchObject({ code });
    await expect(pool().submitCode(id, 'Nadia', '123456')).rejects.toMatchObject({ code });
    await expect(pool().requestCode(id, 'Nadia', { method: 'SMS' })).rejects.toMatchObject({
      code: 'number_claimed',
    });
    expect(host.calls()).toEqual([]);
    await expect(remove({ force: true })).rejects.toMatchObject({ code: 'number_gone' });
    expect((await pool().find(id)).claimId).toBe(record.claimId);
  });
});

describe('sharing a number', () => {
  let partner: string;
  beforeEach(() => {
    partner = host.sim.addPartner({ name: 'Wind & Wool' }).businessId;
  });
  const share = (to = partner) => pool().share(id, 'Nadia', to);
  const unshare = (to = partner) => pool().unshare(id, 'Nadia', to);
  const path = '/*/share_preverified_numbers';

  it('twice is once, and so is ending it', async () => {
    await share();
    await share();
    expect(await pool().partners(id)).toEqual([{ businessId: partner, name: 'Wind & Wool' }]);
    await unshare();
    await unshare();
    expect(await pool().partners(id)).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['lost', { kind: 'lost' }],
    ['broken off', { kind: 'reset-mid-body' }],
    ['no JSON', { kind: 'malformed' }],
  ])('with an answer that is %s is done when the list of partners says so', async (_what, playing) => {
    fault('POST', playing, path);
    await share();
    expect(await pool().partners(id)).toHaveLength(1);
    fault('DELETE', playing, path);
    await unshare();
    expect(await pool().partners(id)).toEqual([]);
  });

  it('that did not reach Meta is not taken for done', async () => {
    fault('POST', { kind: 'reset' }, path);
    await expect(share()).rejects.toMatchObject({ code: 'answer_lost' });
    await share();
    fault('DELETE', { kind: 'reset' }, path);
    await expect(unshare()).rejects.toMatchObject({ code: 'answer_lost' });
    expect(await pool().partners(id)).toHaveLength(1);
  });

  it('wants it verified first, and Meta is not asked', async () => {
    const [added] = await pool().add(['+1 555 010 0777'], { who: 'Nadia' });
    host.calls();
    const { status, body } = await host.send('put', `/numbers/${added?.id}/partners/${partner}`);
    expect([status, body.code]).toEqual([409, 'number_not_verified']);
    host.pass(91 * day);
    await expect(share()).rejects.toMatchObject({ code: 'number_not_verified' });
    expect(host.calls()).toEqual([]);
  });

  it('with what is no id is refused, and Meta is not asked', async () => {
    await expect(share('wind-and-wool')).rejects.toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'partnerBusinessId' }],
    });
    expect((await host.send('put', `/numbers/${id}/partners/wind-and-wool`)).status).toBe(404);
    expect(host.calls()).toEqual([]);
  });

  it('is put into the log with who did it', async () => {
    await host.send('put', `/numbers/${id}/partners/${partner}`);
    expect(host.said.find((line) => line.includes('a number was shared'))).toContain('Nadia');
  });
});
