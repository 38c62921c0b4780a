import { minute } from '../../domain/durations.ts';
import type { CallClass, Meaning } from '../graph-request.ts';
import { boundedWait, type Usage } from '../usage-headers.ts';

/** Whose limits a call counts against. */
export interface LimitsOf {
  /** The id in the path, where there is one. */
  object: string | undefined;
  /** The whole path, object included. */
  path?: string | undefined;
  /** A fingerprint of the token, never the token. */
  token: string | undefined;
}

/** What an answer said about limits. */
export interface Learned {
  usage: Usage | undefined;
  /** A throttled answer: what is over its limit, for how many milliseconds, and whether Meta itself named that time. */
  throttled: { limitOf: Meaning['limitOf']; waitMs: number; named: boolean } | undefined;
}

/** Knows what must be left alone, and until when. */
export interface ClosedTimes {
  /** Until when a call must not go out, by the clock that was handed in; `undefined`: it may go now. */
  closedUntil(call: LimitsOf, repeat: CallClass): number | undefined;
  learn(call: LimitsOf, learned: Learned): void;
}

/** From this percentage on, reads leave what is left to calls that cannot wait. */
const nearly = 95;
/** How long, when Meta names no time: then the next answer says how it stands. Milliseconds. */
const pause = minute;
/** Objects that are remembered; ended times are dropped first. */
const most = 10_000;

/**
 * Obeys limits before Meta has to refuse (Meta, "Rate limits": further calls while over a limit make the wait longer). An
 * object, a token or the app is closed for every call once Meta throttles it or reports 100 percent, and for reads from 95
 * percent on.
 *
 * The header names accounts, but calls go to phone numbers as well: which account a number belongs to is learned from its
 * answers.
 *
 * @param now a clock that never goes back: the machine's time is set now and then, and must not close anything for an hour
 */
export function createClosedTimes(now: () => number): ClosedTimes {
  const forAll = new Map<string, number>();
  const forAllButCodes = new Map<string, number>();
  const forReads = new Map<string, number>();
  const accountOf = new Map<string, string>();

  const close = (times: Map<string, number>, key: string, waitMs: number) => {
    if (times.size >= most) for (const [old, ended] of times) if (ended <= now()) times.delete(old);
    times.set(key, Math.max(times.get(key) ?? 0, now() + (boundedWait(waitMs) ?? 0)));
  };
  const accountsOf = (object: string | undefined): string[] => {
    const account = object === undefined ? undefined : accountOf.get(object);
    return [object, account].flatMap((id) => (id === undefined ? [] : [`object ${id}`]));
  };
  const keysOf = ({ object, path, token }: LimitsOf): string[] => {
    return ['app', `call ${path}`, ...accountsOf(object), ...(token === undefined ? [] : [`token ${token}`])];
  };
  const learnUsage = (key: string, percent: number, regainMs: number) => {
    if (regainMs > 0) close(forAll, key, regainMs);
    else if (percent >= 100) close(forAllButCodes, key, pause);
    else if (percent >= nearly) close(forReads, key, pause);
  };

  return {
    closedUntil(call, repeat) {
      const keys = keysOf(call);
      const closed = [
        forAll,
        // A code does not outlive a pause that is only a guess: it is tried, unless Meta itself has named a time.
        ...(repeat === 'code' ? [] : [forAllButCodes]),
        ...(repeat === 'read' ? [forReads] : []),
      ];
      const until = Math.max(...closed.flatMap((times) => keys.map((key) => times.get(key) ?? 0)));
      return until > now() ? until : undefined;
    },
    learn(call, { usage, throttled }) {
      const objects = usage?.objects ?? [];
      const [only] = objects;
      if (
        call.object !== undefined &&
        objects.length === 1 &&
        only !== undefined &&
        only.id !== call.object
      ) {
        if (accountOf.size >= most) accountOf.clear();
        accountOf.set(call.object, only.id);
      }
      for (const { id, percent, regainMs } of objects) learnUsage(`object ${id}`, percent, regainMs);
      learnUsage('app', usage?.appPercent ?? 0, 0);
      if (throttled?.limitOf === undefined) return;
      const { limitOf, waitMs, named } = throttled;
      const times = named ? forAll : forAllButCodes;
      if (limitOf === 'call') close(times, `call ${call.path}`, waitMs);
      if (limitOf === 'app') close(times, 'app', waitMs);
      if (limitOf === 'token' && call.token !== undefined) close(times, `token ${call.token}`, waitMs);
      if (limitOf === 'object' && call.object !== undefined) close(times, `object ${call.object}`, waitMs);
      if (limitOf === 'account') for (const key of accountsOf(call.object)) close(times, key, waitMs);
    },
  };
}
