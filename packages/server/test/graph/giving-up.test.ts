import { describe, expect, it } from 'vitest';
import { graphDefaults } from '../../src/config/graph-defaults.ts';
import {
  createGraphClient,
  type GraphClient,
  type GraphClientOptions,
  type GraphLimits,
} from '../../src/graph/index.ts';
import { RecordingDispatcher, type Reply } from './support/recording-dispatcher.ts';

function playground(reply: () => Reply, more: Partial<GraphClientOptions> = {}) {
  const dispatcher = new RecordingDispatcher(reply);
  const graph = createGraphClient({ appId: '1', appSecret: 's', token: 't', dispatcher, ...more });
  return { dispatcher, graph };
}
const fine = (): Reply => ({ body: { success: true, id: '1' } });
const refused = (): Reply => ({ failsWith: 'ECONNREFUSED', before: 'sending' });
const busy = (): Reply => ({
  status: 400,
  headers: { 'retry-after': '5' },
  body: { error: { code: 4 } },
});
const register = (graph: GraphClient, deadline?: number) =>
  graph.phoneNumber.register({ phoneNumberId: '9', pin: '123456' }, { deadline });
const untilAborted = (_ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a deadline', () => {
  it.each([Number.NaN, null, '300', {}])('of %j is refused, and nothing is sent', async (deadline) => {
    const { dispatcher, graph } = playground(fine);
    await expect(register(graph, deadline as never)).rejects.toThrow(RangeError); // as callers without types do
    const limits = { deadline } as Partial<GraphLimits>; // as above
    expect(() => playground(fine, { limits })).toThrow(RangeError);
    expect(dispatcher.calls).toEqual([]);
  });

  it.each([0, -5, -Infinity])('of %s is over: nothing is sent', async (deadline) => {
    const { dispatcher, graph } = playground(fine);
    await expect(register(graph, deadline)).rejects.toMatchObject({
      kind: 'unreachable',
      retry: 'safe',
      facts: { sent: false },
    });
    expect(dispatcher.calls).toEqual([]);
  });

  it.each([Infinity, 2 ** 31, Number.MAX_VALUE])('of %s is as long as a timer can be', async (deadline) => {
    const timers: number[] = [];
    const timer = {
      after(ms: number, run: () => void) {
        timers.push(ms);
        return graphDefaults.timer.after(ms, run);
      },
    };
    await register(playground(fine, { timer }).graph, deadline);
    await register(playground(fine, { timer, limits: { deadline } }).graph);
    expect(Math.max(...timers)).toBeGreaterThan(2 ** 31 - 60_000);
    expect(Math.max(...timers)).toBeLessThanOrEqual(2 ** 31 - 1);
  });

  it('of undefined among the limits is the default', async () => {
    await register(playground(fine, { limits: { deadline: undefined } as object }).graph);
  });

  it('goes by a clock that never goes back', async () => {
    let wall = 10_000_000;
    let at = 0;
    const { dispatcher, graph } = playground(refused, {
      now: () => (wall -= 3_600_000),
      monotonic: () => at,
      random: () => 0.5,
      wait: (ms) => {
        at += ms;
        return Promise.resolve();
      },
      limits: { attempts: 100, savedRetries: 100, deadline: 2_000 },
    });
    await expect(graph.phoneNumber.get({ phoneNumberId: '9' })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    // 125, 250, 500 and 1000 ms: the fifth attempt is the last one in time.
    expect(dispatcher.calls.length).toBe(5);
  });

  it('counts the time in which a token is fetched, as does the signal', async () => {
    const { dispatcher, graph } = playground(fine, { token: () => new Promise(() => undefined) });
    const late = graph.phoneNumber.settings({ phoneNumberId: '9' }, { deadline: 5 });
    await expect(late).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    const giveUp = new AbortController();
    const call = graph.phoneNumber.settings({ phoneNumberId: '9' }, { signal: giveUp.signal });
    giveUp.abort();
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: false } });
    expect(dispatcher.calls).toEqual([]);
  });
});

describe('a call that is given up', () => {
  it('while it is held back fails as unreachable, not as throttled', async () => {
    const { graph } = playground(busy, { wait: untilAborted });
    await expect(graph.business.get({ businessId: '5' }, { deadline: 1_000 })).rejects.toMatchObject({
      kind: 'throttled',
    });
    const giveUp = new AbortController();
    const call = graph.business.get({ businessId: '5' }, { signal: giveUp.signal });
    setImmediate(() => giveUp.abort());
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', facts: { sent: false } });
  });

  it('after refused connections was never sent', async () => {
    const giveUp = new AbortController();
    const { graph } = playground(refused, {
      wait: (ms, signal) => {
        giveUp.abort();
        return untilAborted(ms, signal);
      },
    });
    const call = graph.phoneNumber.register({ phoneNumberId: '9', pin: '123456' }, { signal: giveUp.signal });
    await expect(call).rejects.toMatchObject({ kind: 'unreachable', retry: 'safe', facts: { sent: false } });
  });

  it('by closing the client while it waits fails at once, and leaves no timer', async () => {
    const before = timers();
    const { graph } = playground(refused, {
      random: () => {
        setImmediate(() => void graph.close());
        return 0.999;
      },
      limits: { backoffBase: 5_000 },
    });
    await expect(graph.phoneNumber.get({ phoneNumberId: '9' })).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('closed'),
    });
    expect(timers()).toBe(before);
  });

  it('by time is safe to make again when it only reads, and not when it costs', async () => {
    const lost = (): Reply => ({ failsWith: 'ECONNRESET', before: 'answering' });
    const { graph } = playground(lost, { limits: { attempts: 1 } });
    await expect(graph.phoneNumber.get({ phoneNumberId: '9' })).rejects.toMatchObject({
      retry: 'safe',
      facts: { sent: 'unknown' },
    });
    await expect(register(graph)).rejects.toMatchObject({ retry: 'never', facts: { sent: 'unknown' } });
  });
});

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
