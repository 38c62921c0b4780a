import type { ClaimView } from '@embedded-signup-kit/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../src/domain/durations.ts';
import type { HostEvent } from '../../src/index.ts';
import { engines } from '../support/databases.ts';
import { filesOf } from '../support/host.ts';
import { startCodeWorld } from '../claims/codes/support/code-world.ts';
import { needed, startClaimByText, type ClaimByText } from './support/claim-by-text.ts';
import { secrets } from './support/door.ts';

let world: ClaimByText;
afterEach(() => world.close());

const textOf = (code: string) => `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`;

describe.each(engines)('a claim on a number of the pool whose texts reach the kit, on $name', ({ name }) => {
  it('is registered without anybody’s hand when the number’s verification was over', async () => {
    world = await startClaimByText({ engine: name });
    await world.settle();
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      step: 'code',
      reason: { code: 'code_by_text' },
    });
    await world.deliver();
    expect(world.sim.smsDeliveries()).toMatchObject([{ state: 'acknowledged' }]);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect((await world.claim()).reason).toBeUndefined();
    const lines = (await world.history()).filter((line) => !line.includes('the host was reminded'));
    expect(lines.slice(-4)).toEqual([
      'kit: needs a one-time code (code_by_text)',
      'kit: asked for a one-time code by text',
      'kit: verified by a one-time code',
      'kit: registered',
    ]);
    expect([world.asked(), world.handedIn(), world.registered()]).toEqual([1, 1, 1]);
    // The provider did not hear the answer.
    await world.signups[1]?.pool.receiveText({
      to: world.phoneNumber,
      body: textOf(world.codeFor(world.phoneNumber)),
    });
    await world.settle();
    expect(world.handedIn()).toBe(1);
  });

  it('is registered when its customer has the code sent, and the text comes of itself', async () => {
    world = await startClaimByText({ engine: name, kit: { pool: { keepFresh: false } } });
    await world.settle();
    expect((await world.claim()).reason).toMatchObject({ code: 'verification_needed' });
    expect(world.asked()).toBe(0);
    expect((await world.ask()).status).toBe(200);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect((await world.history()).slice(-3)).toEqual([
      'customer: asked for a one-time code by text',
      'kit: verified by a one-time code',
      'kit: registered',
    ]);
  });
});

describe('a claim on a number of the pool whose texts reach the kit', () => {
  it('is registered when Meta wanted a code for a moment only', async () => {
    world = await startClaimByText({ lapsed: false, faults: [needed] });
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
    expect(await world.history()).toContain('kit: found verified');
    expect([world.asked(), world.registered()]).toEqual([0, 2]);
  });

  it('does not spend its registrations on a Meta that wants a code and calls the number verified', async () => {
    world = await startClaimByText({ lapsed: false, faults: [{ ...needed, times: 'always' }] });
    await world.settle();
    expect(world.registered()).toBe(2);
    await world.wait(4 * hour, 5 * minute);
    // At once, after 15 minutes, after 2 hours, and once more before people are asked.
    expect([world.asked(), world.registered()]).toEqual([0, 5]);
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      reason: { code: 'verification_needed' },
    });
    expect((await world.claim()).step).toBeUndefined();
  });

  it('has a code sent after 15 minutes and 2 hours once more, and is left to people then, who are told', async () => {
    const told: unknown[] = [];
    const on = {
      claimNeedsAttention: ({ data: { claim } }: HostEvent) =>
        void told.push((claim as ClaimView).reason?.code), // as docs/host-events.md says
    };
    world = await startClaimByText({ kit: { on } });
    const since = world.now();
    await world.wait(4 * hour);
    const times = world.sim
      .requests({ path: '/*/request_code' })
      .map(({ at }) => Math.round((at - since) / minute));
    expect(times).toEqual([1, 16, 136]);
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      reason: { code: 'verification_needed' },
    });
    expect((await world.claim()).reason?.message).toContain('no text brought one that Meta took');
    expect((await world.claim()).step).toBeUndefined();
    expect((await world.history()).at(-1)).toBe(
      'kit: left the one-time code to people (verification_needed)',
    );
    expect(told.slice(-2)).toEqual(['code_by_text', 'verification_needed']);
    // People still can.
    expect((await world.ask()).status).toBe(200);
    expect((await world.handIn(world.codeFor(world.phoneNumber))).status).toBe(200);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('is registered by a later code when the first text never came', async () => {
    world = await startClaimByText();
    await world.settle();
    world.sim.setSms(null);
    world.sim.setSms({ url: 'http://127.0.0.1:9/', auto: false });
    await world.wait(16 * minute);
    expect(world.asked()).toBe(2);
    const body = textOf(world.codeFor(world.phoneNumber));
    expect(await world.signups[0].pool.receiveText({ to: world.phoneNumber, body })).toBe('taken');
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  /** The claim waits for a code, and the kit could not ask for one yet: Meta wanted less of us. */
  const startUnasked = async () => {
    const isAway = { match: { method: 'GET', path: '/*' }, after: 1, times: 'always' } as const;
    world = await startClaimByText({
      faults: [{ ...isAway, fault: { kind: 'throttled', regainMinutes: 1 } }],
    });
    await world.settle();
    world.sim.setFaults([]);
    expect([(await world.claim()).status, world.asked()]).toEqual(['needs_verification', 0]);
  };

  it.each([0, 1, 2, 3])(
    'has one code sent when its customer asks at the same moment, in order %d',
    async (order) => {
      await startUnasked();
      world.pass(2 * minute);
      const acts = [
        () => world.ask({}, 1),
        () => world.signups[0].runDue(),
        async () => world.signups[1]?.runDue(),
        () => world.ask({}, 0),
      ];
      await Promise.all([...acts.slice(order), ...acts.slice(0, order)].map((act) => act()));
      await world.settle();
      expect(world.asked()).toBe(1);
      world.pass(2 * minute);
      await world.settle();
      expect(world.asked()).toBe(1);
      await world.deliver();
      await world.settle();
      expect((await world.claim()).status).toBe('registered');
      expect(world.handedIn()).toBe(1);
    },
  );

  it('waits for a code that its customer had sent by a call, before it asks for one by text', async () => {
    await startUnasked();
    world.pass(2 * minute);
    expect((await world.ask({ method: 'VOICE' })).status).toBe(200);
    await world.wait(14 * minute);
    expect(world.asked()).toBe(1);
    await world.wait(2 * minute);
    expect(world.asked()).toBe(2);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('spends no request on a Meta that does not show the number, and comes back by itself', async () => {
    world = await startClaimByText();
    world.sim.setFaults([
      {
        match: { method: 'GET', path: '/*' },
        after: 1,
        times: 'always',
        fault: { kind: 'throttled', regainMinutes: 1 },
      },
    ]);
    await world.wait(2 * hour, 15 * minute);
    expect([(await world.claim()).status, world.asked()]).toEqual(['needs_verification', 0]);
    expect((await world.claim()).reason?.message).toContain('It is tried again by itself');
    world.sim.setFaults([]);
    await world.wait(20 * minute);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('is left to people, where it is, when Meta refuses for good to send a code', async () => {
    world = await startClaimByText({
      faults: [
        {
          match: { path: '/*/request_code' },
          times: 'always',
          fault: { kind: 'error', status: 403, error: { code: 200, message: 'x' } },
        },
      ],
    });
    await world.wait(4 * hour, 5 * minute);
    expect(world.asked()).toBe(1);
    expect(await world.claim()).toMatchObject({
      status: 'needs_verification',
      reason: { code: 'graph:200' },
    });
  });

  it('asks again when Meta’s refusal says nothing, and not sooner than Meta wants', async () => {
    world = await startClaimByText({
      faults: [
        {
          match: { path: '/*/request_code' },
          fault: { kind: 'error', status: 400, error: { code: 136024, message: 'x' } },
        },
      ],
    });
    await world.wait(59 * minute);
    expect(world.asked()).toBe(1);
    await world.wait(5 * minute);
    expect(world.asked()).toBe(2);
    await world.deliver();
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('hands two wrong texts in for each request, and the right code still goes by hand', async () => {
    world = await startClaimByText();
    await world.settle();
    for (let guess = 0; guess < 20; guess += 1) {
      await world.signups[0].pool.receiveText({
        to: world.phoneNumber,
        body: textOf(String(111_110 + guess)),
      });
      await world.settle();
    }
    expect(world.handedIn()).toBe(2);
    expect((await world.handIn(world.codeFor(world.phoneNumber))).status).toBe(200);
    await world.settle();
    expect((await world.claim()).status).toBe('registered');
  });

  it('takes no text once it is ended, and asks for no code any more', async () => {
    world = await startClaimByText();
    await world.settle();
    const text = { to: world.phoneNumber, body: textOf(world.codeFor(world.phoneNumber)) };
    expect((await world.send('post', `/claims/${world.id}/end`)).status).toBe(200);
    expect(await world.signups[0].pool.receiveText(text)).toBe('not_expected');
    await world.wait(3 * hour, 10 * minute);
    expect([world.asked(), world.handedIn()]).toEqual([1, 0]);
    expect((await world.claim()).status).toBe('ended');
  });

  it('leaves no code in log, answers, history or files', async () => {
    world = await startClaimByText();
    await world.settle();
    const code = world.codeFor(world.phoneNumber);
    await world.deliver();
    await world.settle();
    const all = [...world.said, JSON.stringify(await world.history()), await filesOf(world.database)].join(
      '\n',
    );
    expect((await world.claim()).status).toBe('registered');
    expect(all).toContain('a code that came by text was handed in');
    expect(all).not.toMatch(new RegExp(`(?<![0-9])${code.slice(0, 3)}[- ]?${code.slice(3)}(?![0-9])`));
    expect(all).not.toContain(secrets.relay);
  });
});

it('a claim on a number of the customer’s own is left to them, where texts reach the kit as well', async () => {
  const own = await startCodeWorld({ kit: { sms: { secret: secrets.relay } } });
  expect((await own.claim()).reason).toMatchObject({ code: 'verification_needed' });
  expect((await own.claim()).step).toBeUndefined();
  await own.settle();
  own.pass(3 * hour);
  await own.settle();
  expect(own.asked()).toBe(0);
  await own.ask();
  const text = { to: own.phoneNumber, body: textOf(own.code()) };
  expect(await own.signups[0].pool.receiveText(text)).toBe('unknown_number');
  await own.close();
  world = await startClaimByText({ lapsed: false });
});
