import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../../src/domain/durations.ts';
import { engines } from '../../support/databases.ts';
import { customerId, startCodeWorld, type CodeWorld } from './support/code-world.ts';

const statuses = (answers: { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe.each(engines)('a claim whose number Meta wants verified, on $name', ({ name }) => {
  let world: CodeWorld;
  beforeEach(async () => {
    world = await startCodeWorld({ engine: name });
  });
  afterEach(() => world.close());

  it('is registered with a code that its customer has sent and hands in', async () => {
    expect((await world.claim()).reason).toMatchObject({ code: 'verification_needed' });
    const asked = await world.ask();
    expect(asked.status).toBe(200);
    expect({ customerId, ...asked.body.claim }).toEqual(await world.claim());
    const [sent] = world.sim.inbox(world.phoneNumber).slice(-1);
    expect(sent).toMatchObject({ method: 'SMS', language: 'en_US' });

    const handedIn = await world.handIn(world.code());
    expect(handedIn.status).toBe(200);
    expect(handedIn.body.claim).toMatchObject({ id: world.id, status: 'registering', step: 'register' });
    expect(handedIn.body.claim?.reason).toBeUndefined();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect((await world.history()).slice(-4)).toEqual([
      'kit: needs a one-time code (verification_needed)',
      'customer: asked for a one-time code by text',
      'customer: verified by a one-time code',
      'kit: registered',
    ]);
    // With the customer's own token, whose number it is.
    const calls = world.sim.requests({ path: '/*/request_code' });
    expect(calls).toMatchObject([{ path: `/${world.phoneNumberId}/request_code`, token: 'business' }]);
    expect(world.sim.requests({ path: '/*/verify_code' })).toMatchObject([{ token: 'business' }]);
  });

  it('takes a call in another language as well', async () => {
    await world.ask({ method: 'VOICE', language: 'es_MX' });
    const [sent] = world.sim.inbox(world.phoneNumber).slice(-1);
    expect(sent).toMatchObject({ method: 'VOICE', language: 'es_MX' });
    expect(await world.history()).toContain('customer: asked for a one-time code by call');
  });

  it('has one code a minute sent, and six in twelve hours, whichever node is asked', async () => {
    const since = world.now();
    const both = await Promise.all([world.ask({}, 0), world.ask({}, 1), world.ask({}, 0)]);
    expect(statuses(both)).toEqual([200, 429, 429]);
    expect(world.asked()).toBe(1);
    world.pass(minute - 1);
    const early = await world.ask({}, 1);
    expect([early.status, early.body.code, early.headers['retry-after']]).toEqual([
      429,
      'too_many_codes',
      '1',
    ]);
    expect(early.body.detail).toBe(
      'A code was asked for a moment ago. If it does not come, have another one sent in 1 second.',
    );
    for (let time = 1; time < 6; time += 1) {
      world.pass(time === 1 ? 1 : minute);
      expect((await world.ask({}, time % 2)).status).toBe(200);
    }
    world.pass(minute);
    const left = since + 12 * hour - world.now();
    const seventh = await world.ask({}, 1);
    expect([seventh.status, seventh.headers['retry-after']]).toEqual([429, String(left / 1000)]);
    expect(seventh.body.detail).toBe(
      'Too many codes were sent to this number. Have the next one sent in 12 hours.',
    );
    expect(world.asked()).toBe(6);
    world.pass(left);
    expect((await world.ask({}, 0)).status).toBe(200);
    expect(world.asked()).toBe(7);
  });

  it('takes four wrong codes in twelve hours, on all nodes together, and the fifth never reaches Meta', async () => {
    const since = world.now();
    await world.ask();
    for (let time = 0; time < 4; time += 1) {
      const refused = await world.handIn(world.wrong(), time % 2);
      expect([refused.status, refused.body.code]).toEqual([422, 'code_refused']);
      expect(refused.body.detail).toMatch(/^Meta does not take this code\. Type the newest one/);
    }
    world.pass(minute);
    await world.ask();
    const fifth = await world.handIn(world.code(), 1);
    const left = since + 12 * hour - world.now();
    expect([fifth.status, fifth.body.code, fifth.headers['retry-after']]).toEqual([
      429,
      'too_many_codes',
      String(left / 1000),
    ]);
    expect(fifth.body.detail).toBe(
      'Too many codes were tried for this number. Try again in 12 hours, with a new code.',
    );
    expect(world.handedIn()).toBe(4);
    world.pass(left);
    await world.ask();
    expect((await world.handIn(world.code())).status).toBe(200);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('takes at most four codes when they are all handed in at once', async () => {
    await world.ask();
    const many = await Promise.all(
      Array.from({ length: 9 }, (_, index) => world.handIn(world.wrong(), index % 2)),
    );
    expect(statuses(many)).toEqual([...Array<number>(4).fill(422), ...Array<number>(5).fill(429)]);
    expect(world.handedIn()).toBe(4);
  });

  it('goes on once when the right code is handed in twice at once', async () => {
    await world.ask();
    const code = world.code();
    const both = await Promise.all([world.handIn(code, 0), world.handIn(code, 1)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await world.history()).filter((line) => line.includes('verified by'))).toHaveLength(1);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect(world.sim.requests({ path: '/*/register' })).toHaveLength(1);
  });
});

it('a number of the pool whose verification lapsed before it was registered is verified anew', async () => {
  const world = await startCodeWorld({ lapsed: true });
  expect(await world.claim()).toMatchObject({ numberSource: 'pool', status: 'needs_verification' });
  await world.ask();
  expect((await world.handIn(world.code())).status).toBe(200);
  await world.settle();
  expect((await world.claim()).status).toBe('registered');
  await world.close();
});

it('a claim is told the same by Meta as its OpenAPI description words it', async () => {
  const world = await startCodeWorld({ profile: 'openapi' });
  await world.ask();
  const wrong = await world.handIn(world.wrong());
  expect([wrong.status, wrong.body.code]).toEqual([422, 'code_refused']);
  await world.verifyElsewhere();
  const late = await world.handIn(world.wrong());
  expect([late.status, late.body.claim?.status]).toEqual([200, 'registering']);
  await world.settle();
  expect((await world.claim()).status).toBe('registered');
  await world.close();
});
