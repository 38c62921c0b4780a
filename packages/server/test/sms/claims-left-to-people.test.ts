import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../src/domain/durations.ts';
import { needed, startClaimByText, type ClaimByText } from './support/claim-by-text.ts';

let world: ClaimByText;
afterEach(() => world.close());

const textOf = (code: string) => `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`;
const inMinutes = (since: number) =>
  world.sim.requests({ path: '/*/request_code' }).map(({ at }) => Math.round((at - since) / minute));
const refused = (error: object): ScriptedFault => ({
  match: { path: '/*/request_code' },
  times: 'always',
  fault: { kind: 'error', status: 400, error: { code: 136024, message: 'x', ...error } },
});
const tooMany = refused({ error_subcode: 2388367 });
const lostAnswer: ScriptedFault = { match: { path: '/*/verify_code' }, fault: { kind: 'lost' } };
const away = (after = 0): ScriptedFault => ({
  match: { method: 'GET', path: '/*' },
  after,
  times: 'always',
  fault: { kind: 'throttled', regainMinutes: 1 },
});

/** No text comes any more, and the kit has asked for its last code. */
async function withLastCode(): Promise<string> {
  await world.settle();
  world.sim.setSms(null);
  world.sim.setSms({ url: 'http://127.0.0.1:9/', auto: false });
  await world.wait(16 * minute);
  await world.wait(2 * hour + 4 * minute, 4 * minute);
  expect(world.asked()).toBe(3);
  return world.codeFor(world.phoneNumber);
}

describe('a claim whose last code Meta took, and whose answer was lost', () => {
  /** Nobody hears the answer, and Meta cannot be read at that moment. */
  const taken = async () => {
    const code = await withLastCode();
    world.sim.setFaults([lostAnswer, away()]);
    const text = { to: world.phoneNumber, body: textOf(code) };
    expect(await world.signups[0].pool.receiveText(text)).toBe('taken');
    await world.signups[0].runDue();
    expect(await world.history()).toContain('kit: handed in a one-time code (answer_lost)');
  };

  it('is registered, and not left to people', async () => {
    world = await startClaimByText();
    await taken();
    world.sim.setFaults([]);
    await world.wait(30 * minute);
    expect((await world.claim()).status).toBe('registered');
    expect((await world.claim()).reason).toBeUndefined();
    expect((await world.history()).slice(-2)).toEqual([
      'kit: found verified (found_verified)',
      'kit: registered',
    ]);
    expect([world.asked(), world.handedIn(), world.registered()]).toEqual([3, 1, 1]);
  });

  it('waits for a Meta that cannot be read, and is not left to people for that', async () => {
    world = await startClaimByText();
    await taken();
    await world.wait(2 * hour, 10 * minute);
    expect(await world.claim()).toMatchObject({ status: 'needs_verification', step: 'code' });
    world.sim.setFaults([]);
    await world.wait(20 * minute);
    expect((await world.claim()).status).toBe('registered');
  });

  it('is left to people after one registration that Meta wants a code for all the same', async () => {
    world = await startClaimByText();
    await taken();
    world.sim.setFaults([{ ...needed, times: 'always' }]);
    await world.wait(30 * minute);
    expect(world.registered()).toBe(1);
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      reason: { code: 'verification_needed' },
    });
    expect((await world.claim()).step).toBeUndefined();
    await world.wait(day, hour);
    expect(world.registered()).toBe(1);
  });
});

describe('a claim whose code may not be asked for yet', () => {
  it('says when the next one is asked for, with one line in its history, when Meta wants no more for a day', async () => {
    world = await startClaimByText({ faults: [tooMany] });
    const since = world.now();
    await world.wait(4 * hour, 5 * minute);
    const { reason } = await world.claim();
    const next = new Date(since + 5 * minute + day).toISOString();
    expect(reason).toMatchObject({ code: 'code_by_text_later', message: expect.stringContaining(next) });
    const line = 'kit: may have no code sent for now (code_by_text_later)';
    expect((await world.history()).filter((one) => one === line)).toHaveLength(1);
    // What is promised is kept.
    world.sim.setFaults([]);
    await world.wait(day - 4 * hour + 10 * minute, 5 * minute);
    expect(inMinutes(since)).toEqual([5, 5 + 24 * 60]);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect((await world.claim()).reason).toBeUndefined();
  });

  it('says again that the kit is at it once the next code was asked for', async () => {
    world = await startClaimByText({ faults: [{ ...tooMany, times: 1 }] });
    await world.settle();
    expect((await world.claim()).reason?.code).toBe('code_by_text_later');
    world.pass(day);
    await world.settle();
    expect(world.asked()).toBe(2);
    expect((await world.claim()).reason?.code).toBe('code_by_text');
  });

  it('is left to people 15 minutes after the third refusal, not a day later', async () => {
    world = await startClaimByText({ faults: [tooMany] });
    const since = world.now();
    await world.wait(2 * day + 14 * minute, minute * 7);
    expect(inMinutes(since)).toHaveLength(3);
    expect((await world.claim()).reason?.code).toBe('code_by_text');
    await world.wait(20 * minute);
    expect((await world.claim()).reason?.code).toBe('verification_needed');
    expect((await world.claim()).step).toBeUndefined();
  });

  it('is left to people when the limits are in the way twenty times in a row', async () => {
    world = await startClaimByText({ faults: [away(1)] });
    await world.settle();
    expect([(await world.claim()).status, world.asked()]).toEqual(['needs_verification', 0]);
    world.sim.setFaults([tooMany]);
    let refusals = 0;
    for (; (await world.claim()).step === 'code' && refusals < 40; refusals += 1) {
      // The customer is always a moment faster, and Meta refuses each time for a day.
      world.pass(day + minute);
      expect((await world.ask()).status).toBe(429);
      await world.settle();
    }
    const line = 'kit: may have no code sent for now (code_by_text_later)';
    expect((await world.history()).filter((one) => one === line)).toHaveLength(1);
    // The kit’s own requests would have come to three.
    expect([world.asked(), refusals > 10 && refusals <= 20]).toEqual([refusals, true]);
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      reason: { code: 'verification_needed' },
    });
    expect((await world.claim()).reason?.message).toContain('so many were sent to it lately');
  });
});

it('a claim is not left to people at the first answer that nobody knows, after runs that went well', async () => {
  world = await startClaimByText();
  await world.settle();
  await world.wait(16 * minute);
  expect(world.asked()).toBe(2);
  const unknown: ScriptedFault = {
    match: { path: '/*/request_code' },
    times: 2,
    fault: { kind: 'error', status: 400, error: { code: 987_654, message: 'x' } },
  };
  world.sim.setFaults([unknown]);
  await world.wait(2 * hour + 10 * minute);
  expect(world.asked()).toBe(3);
  expect((await world.claim()).step).toBe('code');
});

describe('a claim while texts reach one node and not the other', () => {
  it('is left by the one to the other', async () => {
    world = await startClaimByText({ without: 1, faults: [away(1)] });
    await world.settle();
    expect([(await world.claim()).status, world.asked()]).toEqual(['needs_verification', 0]);
    world.sim.setFaults([]);
    world.pass(15 * minute);
    await world.signups[1]?.runDue();
    expect(await world.claim()).toMatchObject({ status: 'needs_verification', step: 'code' });
    expect(world.asked()).toBe(0);
    world.pass(minute);
    await world.settle();
    expect(world.asked()).toBe(1);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('is left to people after an hour in which no node gets texts', async () => {
    world = await startClaimByText({ without: 1, faults: [away(1)] });
    await world.settle();
    world.sim.setFaults([]);
    world.pass(15 * minute);
    const rest = async (minutes: number) => {
      for (let n = 0; n < minutes; n += 1) {
        world.pass(minute);
        await world.signups[1]?.runDue();
      }
    };
    await rest(45);
    expect((await world.claim()).step).toBe('code');
    await rest(16);
    expect((await world.claim()).step).toBeUndefined();
    expect((await world.claim()).reason).toMatchObject({ code: 'verification_needed' });
    expect(world.asked()).toBe(0);
  });
});
