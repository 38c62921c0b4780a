import { MINUTE } from '../clock/units.ts';
import { matchesCall } from '../ledger/call-match.ts';
import type { Fault, FaultSetting, RandomFaults, ScriptedFault, ThrottledFault } from './fault.ts';
import { createDraw } from './random-faults.ts';

/** A call that may get a fault. */
export interface FaultTarget {
  readonly method: string;
  /** Without version. */
  readonly path: string;
  /** What a throttle holds for: the account of a number, or else the object itself. */
  readonly object: string;
  /** ms, UTC, simulated. */
  readonly now: number;
}

/** What is left of the faults that were set. */
export interface FaultsLeft {
  /** Lines that are still to be played, with what is left of `after` and `times`. */
  readonly faults: readonly ScriptedFault[];
  readonly random?: RandomFaults;
  /** Throttles in force. */
  readonly throttled: readonly {
    readonly object: string;
    readonly code?: number | undefined;
    /** ms, UTC. */
    readonly until: number;
  }[];
}

/** The faults still to be played. */
export interface FaultScript {
  /** Replaces everything; an empty script ends all faults, throttles in force too. */
  set(setting: FaultSetting): void;
  /** Takes the fault for this call, if there is one. */
  take(target: FaultTarget): Fault | undefined;
  /** What is left at the time `now` (ms, UTC). */
  left(now: number): FaultsLeft;
}

interface Line {
  readonly line: ScriptedFault;
  after: number;
  times: number;
}

interface Throttle {
  readonly fault: ThrottledFault;
  readonly until: number;
}

/** An empty script. */
export function createFaultScript(): FaultScript {
  let lines: Line[] = [];
  let random: RandomFaults | undefined;
  let draw: ReturnType<typeof createDraw> | undefined;
  const throttles = new Map<string, Throttle>();

  const throttleOf = ({ object, now }: FaultTarget): Fault | undefined => {
    const found = throttles.get(object);
    if (found === undefined) return undefined;
    if (now < found.until) return { ...found.fault, regainMinutes: Math.ceil((found.until - now) / MINUTE) };
    throttles.delete(object);
    return undefined;
  };

  const nextLine = ({ method, path }: FaultTarget): Fault | undefined => {
    for (const entry of lines) {
      if (entry.times <= 0 || !matchesCall(entry.line.match, method, path)) continue;
      if (entry.after > 0) {
        entry.after -= 1;
        continue;
      }
      entry.times -= 1;
      return entry.line.fault;
    }
    return undefined;
  };

  return {
    set(setting) {
      throttles.clear();
      random = isScript(setting) ? undefined : setting;
      draw = random && createDraw(random);
      lines = isScript(setting) ? setting.map(lineOf) : [];
    },
    take(target) {
      const fault = throttleOf(target) ?? nextLine(target) ?? draw?.(target.method, target.path);
      if (fault?.kind === 'throttled' && fault.sticky === true && !throttles.has(target.object)) {
        throttles.set(target.object, { fault, until: target.now + fault.regainMinutes * MINUTE });
      }
      return fault;
    },
    left: (now) => ({
      faults: lines.filter(({ times }) => times > 0).map(whatIsLeft),
      ...(random !== undefined && { random }),
      throttled: [...throttles]
        .filter(([, { until }]) => now < until)
        .map(([object, { fault, until }]) => ({ object, code: fault.code, until })),
    }),
  };
}

function isScript(setting: FaultSetting): setting is readonly ScriptedFault[] {
  return Array.isArray(setting);
}

function lineOf(line: ScriptedFault): Line {
  const { after = 0, times = 1 } = line;
  return { line, after, times: times === 'always' ? Infinity : times };
}

function whatIsLeft({ line, after, times }: Line): ScriptedFault {
  return { ...line, after, times: times === Infinity ? 'always' : times };
}
