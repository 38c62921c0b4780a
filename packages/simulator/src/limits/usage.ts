import { minutesToRegain, percentUsed, spendHourlyCall, type HourlyCalls } from '../world/hourly-calls.ts';

/** How much of a limit is used, as the usage headers tell it. */
export interface Usage {
  /** Whole percent; at 100 calls are refused. */
  readonly percent: number;
  /** Until calls are answered again; 0 when they are. */
  readonly regainMinutes: number;
}

/** What became of a call that counts against a limit. */
export interface SpentCall {
  readonly refused: boolean;
  /** After this call. */
  readonly usage: Usage;
}

/** Counts a call at `now` (ms, UTC) against so many in a rolling hour. */
export function spendCallOf(counter: HourlyCalls, limit: number, now: number): SpentCall {
  const refused = !spendHourlyCall(counter, limit, now);
  return {
    refused,
    usage: {
      percent: percentUsed(counter, limit, now),
      regainMinutes: minutesToRegain(counter, limit, now),
    },
  };
}
