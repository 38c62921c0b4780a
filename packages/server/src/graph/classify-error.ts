import { hour, minute } from '../domain/durations.ts';
import type { GraphErrorKind } from '../ports/graph-error.ts';

/** What Meta's error body says, as far as it could be read. */
export interface GraphErrorBody {
  code: number | undefined;
  subcode: number | undefined;
}

/** A meaning, and how long Meta wants to be left alone where it says so. Milliseconds. */
export interface Classified {
  kind: GraphErrorKind;
  waitMs?: number;
}

/** By subcode first: code 100 alone means anything from a typing error to a spent code. */
const bySubcode: Record<string, Classified> = {
  '100/33': { kind: 'not_found' },
  '100/36007': { kind: 'code_expired' },
  '100/36008': { kind: 'code_refused' },
  '100/36009': { kind: 'code_used' },
};

/** Meta's codes (Meta, "Error codes"). Status and title vary between versions; the code does not. */
const byCode: Record<number, Classified> = {
  0: { kind: 'auth' },
  1: { kind: 'transient' },
  2: { kind: 'transient' },
  3: { kind: 'permission' },
  4: { kind: 'throttled', waitMs: hour },
  10: { kind: 'permission' },
  17: { kind: 'throttled', waitMs: hour },
  32: { kind: 'throttled', waitMs: hour },
  33: { kind: 'not_found' },
  100: { kind: 'invalid_input' },
  101: { kind: 'auth' },
  102: { kind: 'auth' },
  104: { kind: 'auth' },
  190: { kind: 'auth' },
  368: { kind: 'permission' },
  613: { kind: 'throttled', waitMs: hour },
  803: { kind: 'not_found' },
  80007: { kind: 'throttled', waitMs: hour },
  80008: { kind: 'throttled', waitMs: hour },
  130429: { kind: 'throttled', waitMs: minute },
  131000: { kind: 'transient' },
  131005: { kind: 'permission' },
  131008: { kind: 'invalid_input' },
  131009: { kind: 'invalid_input' },
  131016: { kind: 'transient' },
  131031: { kind: 'pin_mismatch' },
  131057: { kind: 'transient' },
  133000: { kind: 'invalid_input' },
  133004: { kind: 'transient' },
  133005: { kind: 'pin_mismatch' },
  133006: { kind: 'needs_verification' },
  133008: { kind: 'pin_mismatch' },
  133009: { kind: 'pin_mismatch' },
  133010: { kind: 'invalid_input' },
  133015: { kind: 'recently_deleted', waitMs: 5 * minute },
  133016: { kind: 'attempts_exhausted', waitMs: 72 * hour },
};

/**
 * Finds the meaning of an error answer: by Meta's code first, by the HTTP status last, because live bodies carry
 * HTTP 400 for nearly everything.
 */
export function classifyError(status: number, body: GraphErrorBody): Classified {
  if (body.code !== undefined) {
    const known = bySubcode[`${body.code}/${body.subcode}`] ?? byCode[body.code];
    if (known !== undefined) return known;
    if (body.code >= 200 && body.code < 300) return { kind: 'permission' };
  }
  if (status === 401) return { kind: 'auth' };
  if (status === 403) return { kind: 'permission' };
  if (status === 404) return { kind: 'not_found' };
  if (status === 429) return { kind: 'throttled', waitMs: hour };
  // 5xx without a code of Meta's: a proxy may have answered for it, so nobody knows whether the call was done.
  if (status >= 500) return { kind: 'unreadable' };
  return { kind: 'unknown' };
}
