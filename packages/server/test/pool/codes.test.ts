import type { Fault } from '@embedded-signup-kit/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { numberCallBudgets } from '../../src/domain/number-call-budgets.ts';
import type { NumberCallKind } from '../../src/ports/pool-store.ts';
import { numbered, startPoolHost, type PoolHost } from './support/pool-host.ts';

let host: PoolHost;
const phoneNumber = numbered(777);
let id: string;
beforeEach(async () => {
  host = await startPoolHost({ nodes: 2 });
  const [added] = await host.signups[0].pool.add([phoneNumber], { who: 'Nadia' });
  id = String(added?.id);
  host.calls();
});
afterEach(() => host.close());

const verbs = (node = 0) => (host.signups[node] ?? host.signups[0]).pool;
const request = (node = 0, method: 'SMS' | 'VOICE' = 'SMS') =>
  verbs(node).requestCode(id, 'Nadia', { method });
const submit = (code: string, node = 0) => verbs(node).submitCode(id, 'Nadia', code);
const fault = (path: string, playing: Fault, times: number | 'always' = 1) =>
  host.sim.setFaults([{ match: { path }, times, fault: playing }]);
const asked = () => host.sim.requests({ path: '/*/request_code' }).length;
const handedIn = () => host.sim.requests({ path: '/*/verify_code' }).length;
const ledger = async (kind: NumberCallKind) =>
  (await verbs().calls(id))
    .filter((call) => call.kind === kind)
    .map(({ outcome, reason }) => [outcome, reason]);
/** Six digits that are not the code. */
const wrongOnes = () =>
  ['111111', '222222', '333333', '444444', '555555', '666666'].filter((one) => one !== code());
const code = () => host.codeFor(phoneNumber);
/** Meta knows the number as verified, and the mirror does not yet. */
async function verifyBehindOurBack() {
  for (const [call, body] of [
    ['request_code', { code_method: 'SMS', language: 'en_US' }],
    ['verify_code', {}],
  ] as const) {
    await fetch(`${host.sim.url}/v26.0/${id}/${call}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${host.sim.systemUserToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(call === 'verify_code' ? { code: code() } : body),
    });
  }
  host.sim.clearRequests();
}
async function verify() {
  await request();
  await submit(code());
  host.sim.clearRequests();
}

describe('requesting a code', () => {
  it('is refused until 45 days before the end, with the date when it opens, and Meta is not asked', async () => {
    await verify();
    const from = host.now() + 45 * day;
    await expect(request()).rejects.toMatchObject({ code: 'number_verified', from });
    const answer = await host.send('post', `/numbers/${id}/code`, { method: 'SMS' });
    expect([answer.status, answer.body.code]).toEqual([409, 'number_verified']);
    expect(answer.body.detail).toContain(new Date(from).toISOString().replace('.000Z', 'Z'));
    host.pass(45 * day - 1);
    await expect(request()).rejects.toMatchObject({ code: 'number_verified', from });
    expect(asked()).toBe(0);
    host.pass(1);
    await request();
    expect(asked()).toBe(1);
  });

  it('is taken again after the verification has lapsed, before a sync has told so', async () => {
    await verify();
    host.pass(90 * day);
    expect(await request()).toMatchObject({ id });
    expect((await submit(code())).verificationExpiresAt).toBe(host.now() + 90 * day);
  });

  it('is possible for a number that is set aside for a customer', async () => {
    await verify();
    host.pass(46 * day);
    const opened = await host.customer('/sessions', 'lucky-shrub');
    expect(opened.body.numbers).toMatchObject([{ id }]);
    await request();
    expect(asked()).toBe(1);
  });

  it('too soon after another one says so, and that the kit itself may have asked', async () => {
    await request();
    const answer = await host.send('post', `/numbers/${id}/code`, { method: 'VOICE' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '60']);
    expect(answer.body.detail).toMatch(/asked for a moment ago, perhaps by the kit itself/);
  });

  it('is allowed once a minute, whichever node is asked', async () => {
    await request(0);
    await expect(request(1)).rejects.toMatchObject({ code: 'too_many_codes', retryAt: host.now() + minute });
    host.pass(minute - 1);
    await expect(request(0)).rejects.toMatchObject({ code: 'too_many_codes' });
    host.pass(1);
    await request(1);
    expect(asked()).toBe(2);
  });

  it('twice at once is one call', async () => {
    const both = await Promise.allSettled([request(0), request(1), request(0)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(asked()).toBe(1);
  });

  it('is allowed six times in twelve hours, failed ones included, and the seventh is not sent', async () => {
    const since = host.now();
    for (let time = 0; time < 6; time += 1) {
      if (time === 2) fault('/*/request_code', { kind: 'lost' });
      await request().catch((error: unknown) => expect(error).toMatchObject({ code: 'answer_lost' }));
      host.pass(minute);
    }
    await expect(request()).rejects.toMatchObject({ code: 'too_many_codes', retryAt: since + 12 * hour });
    const { status, headers } = await host.send('post', `/numbers/${id}/code`, { method: 'VOICE' });
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBe((12 * hour - 6 * minute) / 1000);
    expect(asked()).toBe(6);
    host.pass(12 * hour - 6 * minute);
    await request();
    expect(asked()).toBe(7);
  });

  it('counts by the telephone number: deleting and adding it again clears nothing', async () => {
    await request();
    await verbs().delete(id, 'Nadia');
    const [again] = await verbs().add([phoneNumber], { who: 'Nadia' });
    id = String(again?.id);
    await expect(request()).rejects.toMatchObject({ code: 'too_many_codes' });
  });

  it('does not count what never left this machine', async () => {
    fault('/*/preverified_numbers', { kind: 'refuse', ms: 500 });
    await expect(verbs().sync()).rejects.toMatchObject({ kind: 'unreachable' });
    await expect(request()).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    expect(await ledger('request_code')).toEqual([['refused', 'not_sent']]);
    const { calls } = (await host.get(`/numbers/${id}`)).body as { calls: object[] };
    expect(calls[0]).toMatchObject({ kind: 'request_code', outcome: 'not_sent' });
    expect(calls[0]).not.toHaveProperty('reason');
    await expect
      .poll(() =>
        fetch(host.sim.url).then(
          ({ ok }) => ok || true,
          () => false,
        ),
      )
      .toBe(true);
    for (let time = 0; time < 6; time += 1) {
      host.pass(minute);
      await request();
    }
    host.pass(minute);
    await expect(request()).rejects.toMatchObject({ code: 'too_many_codes' });
    expect(asked()).toBe(6);
  });

  it('remembers on every node, and after a restart, what Meta said of later ones', async () => {
    const error = { code: 136024, error_subcode: 2388367, message: 'Request code error' };
    fault('/*/request_code', { kind: 'error', status: 400, error });
    const retryAt = host.now() + day;
    await expect(request(0)).rejects.toMatchObject({ code: 'too_many_codes', retryAt });
    await expect(request(1)).rejects.toMatchObject({ code: 'too_many_codes', retryAt });
    expect(asked()).toBe(1);
    host.pass(day);
    await request(1);
    expect(asked()).toBe(2);
  });

  it.each<[string, Fault, boolean]>([
    ['lost', { kind: 'lost' }, true],
    ['no JSON', { kind: 'malformed' }, true],
    ['an outage', { kind: 'error', status: 500, error: { code: 2, message: 'x' } }, false],
    ['never begun', { kind: 'reset' }, false],
  ])(
    'whose answer is %s says to wait for the text, and nothing is sent again by itself',
    async (_what, playing, sent) => {
      fault('/*/request_code', playing);
      await expect(request()).rejects.toMatchObject({
        code: 'answer_lost',
        message: expect.stringContaining('Wait for the text'),
      });
      expect(asked()).toBe(1);
      expect(await ledger('request_code')).toMatchObject([['unsure', expect.anything()]]);
      expect(host.sim.inbox(phoneNumber)).toHaveLength(sent ? 1 : 0);
      if (sent) expect((await submit(code())).verificationStatus).toBe('VERIFIED');
    },
  );

  it.each(['live', 'openapi'] as const)(
    'of a number that was verified elsewhere says from when on it opens, as Meta shows it (%s)',
    async (profile) => {
      const other = await startPoolHost({ profile });
      const before = host;
      try {
        host = other;
        const [added] = await other.signups[0].pool.add([phoneNumber], { who: 'Nadia' });
        id = String(added?.id);
        await verifyBehindOurBack();
        await expect(request()).rejects.toMatchObject({
          code: 'number_verified',
          from: other.now() + 45 * day,
        });
        expect((await verbs().find(id)).verificationStatus).toBe('VERIFIED');
      } finally {
        host = before;
        await other.close();
      }
    },
  );

  it.each([
    [{ method: 'IVR' }, 'method'],
    [{}, 'method'],
    [{ method: 'SMS', language: 'english please' }, 'language'],
    [{ method: 'SMS', to: '+15550100001' }, ''],
  ])('as %j is refused before anything is written', async (body, path) => {
    const answer = await host.send('post', `/numbers/${id}/code`, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.issues[0].path).toBe(path);
    expect([asked(), await ledger('request_code')]).toEqual([0, []]);
  });

  it('is refused for a number that is gone or not there', async () => {
    await expect(verbs().requestCode('99', 'Nadia', { method: 'SMS' })).rejects.toMatchObject({
      code: 'number_missing',
    });
    await expect(verbs().requestCode('\0', 'Nadia', { method: 'SMS' })).rejects.toMatchObject({
      code: 'number_missing',
    });
    await verbs().delete(id, 'Nadia');
    await expect(request()).rejects.toMatchObject({ code: 'number_gone' });
  });
});

describe('handing a code in', () => {
  it('for a verified number that nobody asked for is refused, because Meta would count it as a wrong one', async () => {
    await verify();
    host.pass(hour);
    const answer = await host.send('post', `/numbers/${id}/verification`, { code: '000000' });
    expect([answer.status, answer.body.code, handedIn()]).toEqual([409, 'number_verified', 0]);
    host.pass(46 * day);
    await expect(submit(wrongOnes()[0] ?? '')).rejects.toMatchObject({ code: 'code_refused' });
    expect(handedIn()).toBe(1);
  });

  it.each([
    (digits: string) => digits,
    (digits: string) => `${digits.slice(0, 3)}-${digits.slice(3)}`,
    (digits: string) => ` ${digits.slice(0, 3)} ${digits.slice(3)}\n`,
    (digits: string) => `${digits.slice(0, 3)}–${digits.slice(3)}`,
  ])('takes it as people type it', async (typed) => {
    await request();
    const record = await submit(typed(code()));
    expect(record).toMatchObject({
      verificationStatus: 'VERIFIED',
      verificationExpiresAt: host.now() + 90 * day,
    });
    expect(await verbs().find(id)).toEqual(record);
    expect(await ledger('verify_code')).toEqual([['done', undefined]]);
  });

  it.each(['', 'hello', '12', '123456789', '12345x', '１２３４５６'])(
    'refuses %j before it counts, and never repeats it',
    async (typed) => {
      const answer = await host.send('post', `/numbers/${id}/verification`, { code: typed });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
      expect(answer.body.issues).toEqual([{ path: 'code', message: expect.stringContaining('six digits') }]);
      if (typed.length > 2) expect(answer.text).not.toContain(typed);
      expect([handedIn(), await ledger('verify_code')]).toEqual([0, []]);
    },
  );

  it('allows four wrong ones in twelve hours, so that Meta never locks the number', async () => {
    await request();
    const since = host.now();
    for (const wrong of wrongOnes().slice(0, 4)) {
      await expect(submit(wrong)).rejects.toMatchObject({ code: 'code_refused' });
    }
    await expect(submit(code())).rejects.toMatchObject({
      code: 'too_many_codes',
      retryAt: since + 12 * hour,
    });
    expect(handedIn()).toBe(4);
    host.pass(12 * hour);
    await request();
    expect((await submit(code())).verificationStatus).toBe('VERIFIED');
  });

  it('counts four over all nodes at once', async () => {
    await request();
    const all = await Promise.allSettled(wrongOnes().map((wrong, n) => submit(wrong, n % 2)));
    const codes = all.map((one) =>
      one.status === 'rejected' ? (one.reason as { code: string }).code : 'done',
    );
    expect(codes.filter((one) => one === 'code_refused')).toHaveLength(4);
    expect(new Set(codes)).toEqual(new Set(['code_refused', 'too_many_codes']));
    expect(handedIn()).toBe(4);
  });

  it('forgives wrong ones once a right one came', async () => {
    await request();
    for (const wrong of wrongOnes().slice(0, 3)) await expect(submit(wrong)).rejects.toThrow();
    await submit(code());
    host.pass(46 * day);
    await request();
    await expect(submit(wrongOnes()[0] ?? '')).rejects.toMatchObject({ code: 'code_refused' });
  });

  it.each<[string, Fault]>([
    ['is lost', { kind: 'lost' }],
    ['breaks off', { kind: 'reset-mid-body' }],
    ['says to try again', { kind: 'error', status: 500, error: { code: 2, message: 'x' }, done: true }],
  ])('whose answer %s is done when Meta shows the number as verified since', async (_what, playing) => {
    await request();
    fault('/*/verify_code', playing);
    expect((await submit(code())).verificationStatus).toBe('VERIFIED');
    expect(handedIn()).toBe(1);
    expect(await ledger('verify_code')).toMatchObject([['done', expect.anything()]]);
  });

  it('whose answer is lost in the last 45 days is not taken for done by the old verification', async () => {
    await verify();
    host.pass(46 * day);
    await request();
    fault('/*/verify_code', { kind: 'reset' });
    await expect(submit(code())).rejects.toMatchObject({ code: 'answer_lost' });
    fault('/*/verify_code', { kind: 'lost' });
    expect((await submit(code())).verificationExpiresAt).toBe(host.now() + 90 * day);
  });

  it('whose answer is lost, and that cannot be read either, is unsure and counts', async () => {
    await request();
    host.sim.setFaults([
      { match: { path: '/*/verify_code' }, fault: { kind: 'lost' } },
      {
        match: { method: 'GET', path: '/*' },
        fault: { kind: 'error', status: 400, error: { code: 100, message: 'x' } },
      },
    ]);
    await expect(submit(code())).rejects.toMatchObject({ code: 'answer_lost' });
    expect(await ledger('verify_code')).toMatchObject([['unsure', expect.anything()]]);
    expect((await verbs().find(id)).verificationStatus).toBe('NOT_VERIFIED');
    await verbs().sync();
    expect((await verbs().find(id)).verificationStatus).toBe('VERIFIED');
  });

  it('that another node handed in a moment before is done as well', async () => {
    await request();
    const digits = code();
    const both = await Promise.all([submit(digits, 0), submit(digits, 1)]);
    expect(both.map(({ verificationStatus }) => verificationStatus)).toEqual(['VERIFIED', 'VERIFIED']);
  });

  it('that is done but cannot be read is done: the number as it was is returned, and the next sync brings the rest', async () => {
    await request();
    fault('/*', { kind: 'error', status: 400, error: { code: 100, message: 'x' } });
    expect((await submit(code())).verificationStatus).toBe('NOT_VERIFIED');
    expect(await ledger('verify_code')).toEqual([['done', undefined]]);
    await verbs().sync();
    expect((await verbs().find(id)).verificationStatus).toBe('VERIFIED');
  });

  it('after a process was killed in a try counts that try', async () => {
    await request();
    const store = await host.store();
    for (let tries = 0; tries < 4; tries += 1) {
      await store.spendNumberCall({
        now: host.now(),
        phoneNumber,
        numberId: id,
        kind: 'verify_code',
        who: 'kit',
        budget: numberCallBudgets.verify_code,
      });
    }
    await expect(submit(code())).rejects.toMatchObject({ code: 'too_many_codes' });
    expect(handedIn()).toBe(0);
  });

  it('too late is refused', async () => {
    await request();
    const digits = code();
    host.pass(11 * minute);
    await expect(submit(digits)).rejects.toMatchObject({ code: 'code_refused' });
  });
});
