import { MINUTE, SECOND } from '../../clock/units.ts';
import type { SmsDelivery } from '../../world/sms-state.ts';
import type { LoopDeps } from '../delivery/delivery-loop.ts';
import { createPassLoop, type PassLoop, type Which } from '../delivery/pass-loop.ts';
import { statusOf } from '../delivery/status-of.ts';
import { writeText } from './write-text.ts';

/**
 * How long to wait after each failed attempt, in ms; after one more there are none. All of them lie within the ten
 * minutes that a code is good for. Providers differ: Twilio does not try again unless told to, Vonage for a day.
 */
const PAUSES = [10 * SECOND, MINUTE, 5 * MINUTE];

/** The loop that hands in texts, asleep. What waits goes to whichever provider there is when it is tried. */
export function createSmsLoop(deps: LoopDeps): PassLoop<SmsDelivery> {
  const { world, clock, later } = deps;
  const waiting = () => world.sms.deliveries.filter(({ state }) => state === 'waiting');
  return createPassLoop({
    clock,
    later,
    earliest: () => {
      const times = world.sms.gateway?.auto !== true ? [] : waiting().map(({ nextAt }) => nextAt);
      return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
    },
    async tryOnce(which: Which, signal) {
      const now = clock.now();
      const made: SmsDelivery[] = [];
      for (const delivery of waiting().filter(({ nextAt }) => which === 'all' || nextAt <= now)) {
        if (signal.aborted) break;
        if (await tryText(deps, delivery, signal)) made.push(delivery);
      }
      return made;
    },
  });
}

/** False when nothing came of it: it was broken off by `stop`, or the provider was taken away meanwhile. */
async function tryText(
  { world, send, clock }: LoopDeps,
  delivery: SmsDelivery,
  signal: AbortSignal,
): Promise<boolean> {
  const { gateway } = world.sms;
  if (gateway === undefined || delivery.state !== 'waiting') return false;
  const at = clock.now();
  const { url } = gateway;
  const request = writeText(gateway, delivery, at);
  const status = await statusOf(() => send({ purpose: 'sms', method: 'POST', url, ...request, signal }));
  if (signal.aborted) return false;
  delivery.attempts.push({ at, status });
  const pause = PAUSES[delivery.attempts.length - 1];
  if (status !== undefined && status >= 200 && status < 300) delivery.state = 'acknowledged';
  else if (pause === undefined) delivery.state = 'given-up';
  else delivery.nextAt = at + pause;
  return true;
}
