import { minute, second } from '../../domain/durations.ts';
import type { Exchange } from '../../ports/preflight.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { Waits } from '../waits.ts';

/** From here on people should look at it, and from here on things go wrong: a code lives 30 seconds. Milliseconds. */
const limits = { drifts: 30 * second, off: 2 * minute };

/** `Date` says whole seconds, and half of one is lost on average. Milliseconds. */
const halfASecond = 500;

/** This machine's clock is right: compared with Meta's, and with the database's where that is another machine's. */
export const checkClock = checkOf('clock', [], async ({ facts, meta, unusable }) => {
  await facts.allOfMeta();
  const database = unusable.has('database')
    ? undefined
    : await facts.database().then(
        ({ aheadMs }) => aheadMs,
        () => undefined,
      );
  const ofMeta = nearest(meta.exchanges().flatMap(aheadOf));
  const compared = [
    { whose: 'Meta’s', ahead: ofMeta },
    { whose: 'the database’s', ahead: database },
  ].flatMap(({ whose, ahead }) => (ahead === undefined ? [] : [{ whose, ahead }]));
  if (compared.length === 0) throw new Waits('graph');
  return {
    seen: `right, by ${compared.map(({ whose }) => whose).join(' and ')}`,
    findings: compared.flatMap(({ whose, ahead }) => findingsOf(whose, ahead)),
  };
});

/** How far Meta's clock is ahead of this machine's, milliseconds. */
function aheadOf({ headers, answeredAt }: Exchange): number[] {
  const { date } = headers;
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? [] : [time + halfASecond - answeredAt];
}

/** The longer an answer was under way, the more Meta's clock seems to be behind, and never ahead: so the largest says it best. */
function nearest(all: readonly number[]): number | undefined {
  return all.length === 0 ? undefined : Math.max(...all);
}

function findingsOf(whose: string, aheadMs: number): Finding[] {
  const apart = Math.abs(aheadMs);
  if (apart < limits.drifts) return [];
  const seconds = Math.round(apart / second);
  const summary = `${seconds} s ${aheadMs > 0 ? 'behind' : 'ahead of'} ${whose}`;
  const advice = `Set the clock of ${whose === 'Meta’s' ? 'this machine' : 'this machine and of the database server'} by NTP, such as with: timedatectl set-ntp true.`;
  return [finding(apart > limits.off ? 'clock_off' : 'clock_drifts', summary, advice)];
}
