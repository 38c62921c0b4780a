import type { NumberSeed } from '../world/numbers/seed-numbers.ts';
import type { InboxMessage } from '../world/codes/one-time-code.ts';
import type { RecordedRequest, RequestFilter } from '../ledger/request-ledger.ts';
import type { FaultSetting } from '../faults/fault.ts';
import type { FaultsLeft } from '../faults/fault-script.ts';
import type { SignUpRequest, SignUpResult } from '../signup/sign-up-request.ts';
import type { PartnerControl } from './partner-control.ts';
import type { SimulatorState } from './describe-state.ts';
import type { SmsControl } from './sms-control.ts';
import type { WebhookControl } from './webhook-control.ts';

/** How the simulator's clock stands. */
export interface ClockDescription {
  /** ms, UTC. */
  readonly now: number;
  readonly running: boolean;
}

/** What a test can do to the simulated world; the routes under `/__simulator` do the same. */
export interface SimulatorControl extends WebhookControl, SmsControl, PartnerControl {
  /** Everything there is, at the simulator's present time. */
  state(): SimulatorState;
  /** Back to the start: world, clock, inbox, ledger, faults, open popups, no webhook and no provider of texts. */
  reset(): void;
  /** The simulator's time in ms, UTC. */
  now(): number;
  /** The time, and whether it moves with real time or only when told. */
  clock(): ClockDescription;
  /** Lets the clock go on with real time from its present moment, or stops it there. */
  runClock(running: boolean): void;
  /** Sets the simulator's time (ms, UTC), back as well as forth. Throws RangeError for anything but whole ms of a date. */
  setClock(now: number): void;
  /** Moves the time on by an ISO 8601 duration such as `P46D`, in whole ms. Throws RangeError when it is not one. */
  advance(duration: string): void;
  /** Puts numbers into the pool. Throws RangeError for a number that cannot be one or is taken; then adds none. */
  seedNumbers(seed: NumberSeed): SimulatorState['preverifiedNumbers'];
  /** Codes sent to phones, oldest first; of one phone when `to` (any notation) is given. */
  inbox(to?: string): readonly InboxMessage[];
  /** Meta verifies a business, or takes it back: with it its portfolio may hold 20 numbers, not 2. Throws RangeError. */
  setBusinessVerified(businessId: string, verified: boolean): void;
  /** The portfolio's admin deletes a number from its account. Throws RangeError when there is none with this id. */
  deletePhoneNumber(phoneNumberId: string): void;
  /** The Graph calls received, oldest first, secrets masked; those that `filter` means. */
  requests(filter?: RequestFilter): readonly RecordedRequest[];
  /** Empties the ledger. */
  clearRequests(): void;
  /** Replaces all faults, by a script or by chance; an empty list ends them. Throws TypeError and changes nothing. */
  setFaults(faults: FaultSetting): void;
  /** The faults that are still to be played, and the throttles in force. */
  faults(): FaultsLeft;
  /**
   * A customer goes through the popup without a browser. Throws SignUpImpossibleError, or TypeError for a request that
   * cannot be read; nothing has happened then.
   */
  signUp(request?: SignUpRequest): SignUpResult;
}
