import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { refusedFor } from './hosts.ts';

type Fault = ScriptedFault['fault'];

/** What a fault means for whoever called, by Meta's documents: "Error codes", "Registration", "Rate limits". */
export type FaultMeaning =
  /** The answer is right, only later or in another dress. */
  | 'harmless'
  /** It goes by itself: the same call may be made again, sooner or later. */
  | 'passing'
  /** Meta's lock after wrong PINs, with the time when it ends. */
  | 'locked'
  /** A code that is in none of Meta's lists. */
  | 'unknown'
  /** Meta wants the number verified first. */
  | 'verification'
  /** No repetition changes it. */
  | 'final';

/** A fault of the simulator's, and what it means. */
export interface NamedFault {
  name: string;
  fault: Fault;
  meaning: FaultMeaning;
  /** How long Meta wants to be left alone after it, milliseconds. */
  rest?: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Every kind that the simulator has: a new one does not compile until it is here. */
const kinds: Record<Fault['kind'], readonly NamedFault[]> = {
  refuse: [passing('connections refused', { kind: 'refuse', ms: refusedFor })],
  reset: [passing('reset before anything was done', { kind: 'reset' })],
  lost: [passing('done, but the answer lost', { kind: 'lost' })],
  'reset-mid-body': [passing('reset in the middle of the answer', { kind: 'reset-mid-body' })],
  hang: [passing('no answer at all', { kind: 'hang' })],
  slow: [harmless('slow', { kind: 'slow', ms: 1_500 })],
  drip: [harmless('byte by byte', { kind: 'drip', ms: 1 })],
  'error-in-200': [
    passing('200 with an error', { kind: 'error-in-200' }),
    passing('200 with an error, but done', { kind: 'error-in-200', done: true }),
  ],
  html: [
    passing('a gateway’s page', { kind: 'html', status: 502 }),
    passing('a gateway’s page, but done', { kind: 'html', status: 502, done: true }),
    passing('a page with 200, but done', { kind: 'html', status: 200, done: true }),
  ],
  malformed: [
    passing('half of the JSON, done', { kind: 'malformed' }),
    passing('half of the JSON, not done', { kind: 'malformed', done: false }),
  ],
  empty: [
    passing('an empty answer, done', { kind: 'empty' }),
    passing('an empty answer, not done', { kind: 'empty', done: false }),
  ],
  'truncated-gzip': [passing('half of a gzip', { kind: 'truncated-gzip' })],
  'wrong-type': [harmless('another content type', { kind: 'wrong-type' })],
  huge: [passing('more than anybody reads', { kind: 'huge', bytes: 5 * 1024 * 1024 })],
  throttled: [
    throttled(4, 1 * minute),
    throttled(17, 1 * minute),
    throttled(613, 1 * minute),
    throttled(80_007, 7 * minute),
    throttled(80_008, 7 * minute),
    {
      name: 'throttled with 80007 until the minutes are over',
      fault: { kind: 'throttled', code: 80_007, regainMinutes: 7, sticky: true },
      meaning: 'passing',
      rest: 7 * minute,
    },
  ],
  error: [
    error('passing', 1, { status: 500 }),
    error('passing', 2, { status: 503 }),
    error('passing', 2, { status: 503, done: true }),
    error('passing', 2, { status: 400, transient: true }),
    error('passing', 131_000, { status: 500 }),
    error('passing', 131_016, { status: 503 }),
    error('passing', 133_004, { status: 503 }),
    error('passing', 133_015, { rest: 5 * minute }),
    error('passing', 133_016, { rest: 72 * hour }),
    error('locked', 133_008, { details: 'Please try again in 12 hours.', rest: 12 * hour }),
    error('locked', 133_009, { details: 'Please try again after 5 minutes.', rest: 5 * minute }),
    error('unknown', 987_654),
    error('verification', 133_006),
    error('final', 190, { status: 401, subcode: 463 }),
    error('final', 190, { status: 400 }),
    error('final', 200, { status: 403 }),
    error('final', 10, { status: 403 }),
    error('final', 100),
    error('final', 100, { subcode: 33 }),
    error('final', 368),
    error('final', 131_031),
    error('final', 133_000),
    error('final', 133_005),
    error('final', 133_008),
    error('final', 133_009),
    error('final', 133_010),
  ],
};

/** All of them. */
export const faults: readonly NamedFault[] = Object.values(kinds).flat();

function passing(name: string, fault: Fault): NamedFault {
  return { name, fault, meaning: 'passing' };
}

function harmless(name: string, fault: Fault): NamedFault {
  return { name, fault, meaning: 'harmless' };
}

function throttled(code: 4 | 17 | 613 | 80_007 | 80_008, rest: number): NamedFault {
  return {
    name: `throttled with ${code}`,
    fault: { kind: 'throttled', code, regainMinutes: 7 },
    meaning: 'passing',
    rest,
  };
}

interface ErrorParts {
  status?: number;
  subcode?: number;
  details?: string;
  transient?: boolean;
  done?: boolean;
  rest?: number;
}

function error(meaning: FaultMeaning, code: number, parts: ErrorParts = {}): NamedFault {
  const { status = 400, subcode, details, transient, done, rest } = parts;
  const name = [
    `${status} with ${code}${subcode === undefined ? '' : `/${subcode}`}`,
    ...(details === undefined ? [] : ['and the time when it ends']),
    ...(transient === true ? ['marked as transient'] : []),
    ...(done === true ? ['but done'] : []),
  ].join(' ');
  return {
    name,
    meaning,
    ...(rest === undefined ? {} : { rest }),
    fault: {
      kind: 'error',
      status,
      ...(done === undefined ? {} : { done }),
      error: {
        code,
        message: `(#${code}) refused`,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(transient === undefined ? {} : { is_transient: transient }),
        ...(details === undefined ? {} : { details }),
      },
    },
  };
}
