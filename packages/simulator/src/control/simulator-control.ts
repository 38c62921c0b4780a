import type { NumberSeed } from '../world/seed-numbers.ts';
import type { InboxMessage } from '../world/one-time-code.ts';
import type { RecordedRequest } from '../ledger/request-ledger.ts';
import type { ScriptedFault } from '../faults/fault-script.ts';
import type { SignUpRequest, SignUpResult } from '../signup/sign-up.ts';
import type { SimulatorState } from './describe-state.ts';

/** What a test can do to the simulated world; the routes under `/__simulator` do the same. */
export interface SimulatorControl {
  /** Everything there is, at the simulator's present time. */
  state(): SimulatorState;
  /** Back to the start: world, clock, inbox, ledger, faults and open popups. */
  reset(): void;
  /** The simulator's time in ms, UTC. */
  now(): number;
  /** Sets the simulator's time (ms, UTC). */
  setClock(now: number): void;
  /** Moves the time on by an ISO 8601 duration such as `P46D`. Throws RangeError when it is not one. */
  advance(duration: string): void;
  /** Puts numbers into the pool. Throws RangeError for a number that cannot be one or is taken; then adds none. */
  seedNumbers(seed: NumberSeed): SimulatorState['preverifiedNumbers'];
  /** Codes sent to phones, oldest first; of one phone when `to` (any notation) is given. */
  inbox(to?: string): readonly InboxMessage[];
  /** Every Graph call received, oldest first, secrets masked. */
  requests(): readonly RecordedRequest[];
  /** Replaces the fault script; an empty list ends all faults. */
  setFaults(faults: readonly ScriptedFault[]): void;
  /** A customer goes through the popup without a browser. Throws SignUpImpossibleError; nothing has happened then. */
  signUp(request?: SignUpRequest): SignUpResult;
}
