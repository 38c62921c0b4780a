import type { CallMatch } from '../ledger/call-match.ts';

/** What to do to a call instead of answering it plainly. Where `done` can be given, it says whether the work is done. */
export type Fault =
  /** Answer with this status and Graph error. The work is not done unless `done` says so. */
  | {
      readonly kind: 'error';
      /** 200 to 599. */
      readonly status: number;
      readonly error: FaultError;
      /** Further headers, such as `Retry-After`. */
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly done?: boolean | undefined;
    }
  /** Break the connection before doing anything. */
  | { readonly kind: 'reset' }
  /** Do the work, then break the connection: done, but the answer is lost. */
  | { readonly kind: 'lost' }
  /** Do the work, but answer only after so many ms of real time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /**
   * Break this call's connection and all others, then refuse connections for so many ms of real time, as a process
   * that restarts. Needs a simulator of `startSimulator`; otherwise it is a `reset`.
   */
  | { readonly kind: 'refuse'; readonly ms: number }
  /** Do the work, send the headers and half of the body, then break the connection. */
  | { readonly kind: 'reset-mid-body' }
  /** Do nothing and never answer, until the client goes away or the simulator closes. */
  | { readonly kind: 'hang' }
  /** Do the work, send the headers, then one byte of the body each so many ms of real time. */
  | { readonly kind: 'drip'; readonly ms: number }
  /** 200 with half of the JSON. @default done: true */
  | { readonly kind: 'malformed'; readonly done?: boolean | undefined }
  /** A web page with this status, 502 unless told, as a gateway sends it. @default done: false */
  | { readonly kind: 'html'; readonly status?: number | undefined; readonly done?: boolean | undefined }
  /** 200 without a body. @default done: true */
  | { readonly kind: 'empty'; readonly done?: boolean | undefined }
  /** The answer, compressed and cut in half. @default done: true */
  | { readonly kind: 'truncated-gzip'; readonly done?: boolean | undefined }
  /** 200 whose body is this Graph error; code 1 unless told. @default done: false */
  | {
      readonly kind: 'error-in-200';
      readonly error?: FaultError | undefined;
      readonly done?: boolean | undefined;
    }
  /** The answer, under another media type; `text/plain` unless told. @default done: true */
  | {
      readonly kind: 'wrong-type';
      readonly contentType?: string | undefined;
      readonly done?: boolean | undefined;
    }
  /** The answer, filled up with blanks to so many bytes and sent without a length. @default done: true */
  | { readonly kind: 'huge'; readonly bytes: number; readonly done?: boolean | undefined }
  | ThrottledFault;

/** Meta's refusal of too many calls. The work is not done. */
export interface ThrottledFault {
  readonly kind: 'throttled';
  /** @default 80008, or 80007 by the switch `accountLimitCode` */
  readonly code?: ThrottleCode | undefined;
  /** Until calls are allowed again, in minutes of simulated time. */
  readonly regainMinutes: number;
  /** Whether further calls to the same account, or the same other object, are refused as well until then. */
  readonly sticky?: boolean | undefined;
  /** Which usage header tells about it. @default 'app' with codes 4, 17, 32 and 613, 'account' with the others */
  readonly usage?: 'app' | 'account' | 'both' | 'none' | undefined;
}

/** The error codes of Meta's rate limits. */
export type ThrottleCode = 4 | 17 | 32 | 613 | 80_007 | 80_008 | 130_429;

/** The name of a fault. */
export type FaultKind = Fault['kind'];

/** The `error` object of a scripted answer; members are Meta's. */
export interface FaultError {
  readonly code: number;
  readonly message: string;
  readonly error_subcode?: number | undefined;
  /** @default 'OAuthException' */
  readonly type?: string | undefined;
  readonly is_transient?: boolean | undefined;
  readonly error_user_title?: string | undefined;
  readonly error_user_msg?: string | undefined;
  /** `error_data.details` */
  readonly details?: string | undefined;
}

/** One line of the script: the next `times` calls that match get the fault. */
export interface ScriptedFault {
  readonly match: CallMatch;
  /** So many matching calls pass before. @default 0 */
  readonly after?: number | undefined;
  /** @default 1 */
  readonly times?: number | 'always' | undefined;
  readonly fault: Fault;
}

/** Faults by chance: the same seed plays the same faults on the same sequence of calls. */
export interface RandomFaults {
  readonly seed: number;
  /** The share of matching calls that get a fault, 0 to 1. */
  readonly rate: number;
  /** Which faults; each as likely as the others. @default all that end at once */
  readonly kinds?: readonly FaultKind[] | undefined;
  /** @default any call */
  readonly match?: CallMatch | undefined;
}

/** What faults are set with: a script, or chance. */
export type FaultSetting = readonly ScriptedFault[] | RandomFaults;

// Each kind with whether the work is done when the fault itself does not say.
const DONE: Readonly<Record<FaultKind, boolean>> = {
  error: false,
  reset: false,
  lost: true,
  slow: true,
  refuse: false,
  'reset-mid-body': true,
  hang: false,
  drip: true,
  malformed: true,
  html: false,
  empty: true,
  'truncated-gzip': true,
  'error-in-200': false,
  'wrong-type': true,
  huge: true,
  throttled: false,
};

/** Every kind of fault. */
export const FAULT_KINDS = Object.keys(DONE) as readonly FaultKind[];

/** Whether Meta does the work of a call that gets this fault; of one without a fault it does. */
export function isWorkDone(fault: Fault | undefined): boolean {
  if (fault === undefined) return true;
  return ('done' in fault ? fault.done : undefined) ?? DONE[fault.kind];
}
