import type { FaultSetting, ScriptedFault } from '../../faults/fault.ts';
import { FAULT_KINDS } from '../../faults/fault.ts';
import type { CallMatch } from '../../ledger/call-match.ts';
import { readFault } from './fault.ts';
import { bodyOf, oneOf, optional, text, wholeNumber } from './json-readers.ts';
import { wholeBetween } from './whole-between.ts';

/** Reads a list of `{match?, after?, times?, fault}`, or `{seed, rate, kinds?, match?}`. Throws TypeError. */
export function readFaults(value: unknown): FaultSetting {
  if (Array.isArray(value)) return value.map(readLine);
  const body = bodyOf(value, ['seed', 'rate', 'kinds', 'match']);
  return {
    seed: wholeNumber('seed', body['seed']),
    rate: share('rate', body['rate']),
    kinds: optional('kinds', body, kinds),
    match: optional('match', body, match),
  };
}

function readLine(item: unknown): ScriptedFault {
  const body = bodyOf(item, ['match', 'after', 'times', 'fault']);
  return {
    match: match('match', body['match'] ?? {}),
    after: optional('after', body, wholeBetween(0, Number.MAX_SAFE_INTEGER)),
    times: optional('times', body, times),
    fault: readFault(body['fault']),
  };
}

function match(_name: string, value: unknown): CallMatch {
  const given = bodyOf(value, ['method', 'path']);
  return { method: optional('method', given, text), path: optional('path', given, text) };
}

function times(name: string, value: unknown): number | 'always' {
  if (value === 'always') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new TypeError(`${name} must be a whole number from 0 on, or "always"`);
}

function share(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new TypeError(`${name} must be a number from 0 to 1`);
}

function kinds(name: string, value: unknown) {
  if (!Array.isArray(value) || value.length === 0)
    throw new TypeError(`${name} must be a list of fault kinds`);
  return value.map((kind: unknown) => oneOf(FAULT_KINDS)(name, kind));
}
