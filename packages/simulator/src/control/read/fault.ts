import { validateHeaderName, validateHeaderValue } from 'node:http';
import {
  FAULT_KINDS,
  type Fault,
  type FaultError,
  type FaultKind,
  type ThrottleCode,
} from '../../faults/fault.ts';
import { isJsonObject } from '../../json.ts';
import { bodyOf, oneOf, optional, text, wholeNumber, type Body } from './json-readers.ts';
import { wholeBetween } from './whole-between.ts';

/** Bytes of a `huge` answer at most. */
const LARGEST = 256 * 1024 * 1024;
const CODES: readonly ThrottleCode[] = [4, 17, 32, 613, 80_007, 80_008, 130_429];
/** Headers that say where a body ends; another value would spoil the connection instead of the answer. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'connection', 'trailer', 'upgrade']);

const waiting = wholeBetween(0, 3_600_000);
const status = wholeBetween(200, 599);

/** Reads each kind from its members; `of` refuses members that the kind does not have. */
const READERS: {
  readonly [Kind in FaultKind]: (of: (...members: string[]) => Body) => Extract<Fault, { kind: Kind }>;
} = {
  error(of) {
    const body = of('status', 'error', 'headers', 'done');
    return {
      kind: 'error',
      status: status('status', body['status']),
      error: graphError('error', body['error']),
      headers: optional('headers', body, headers),
      done: optional('done', body, flag),
    };
  },
  reset: (of) => of() && { kind: 'reset' },
  lost: (of) => of() && { kind: 'lost' },
  hang: (of) => of() && { kind: 'hang' },
  'reset-mid-body': (of) => of() && { kind: 'reset-mid-body' },
  slow: (of) => ({ kind: 'slow', ms: waiting('ms', of('ms')['ms']) }),
  refuse: (of) => ({ kind: 'refuse', ms: waiting('ms', of('ms')['ms']) }),
  drip: (of) => ({ kind: 'drip', ms: waiting('ms', of('ms')['ms']) }),
  malformed: (of) => ({ kind: 'malformed', done: optional('done', of('done'), flag) }),
  empty: (of) => ({ kind: 'empty', done: optional('done', of('done'), flag) }),
  'truncated-gzip': (of) => ({ kind: 'truncated-gzip', done: optional('done', of('done'), flag) }),
  html(of) {
    const body = of('status', 'done');
    return { kind: 'html', status: optional('status', body, status), done: optional('done', body, flag) };
  },
  'error-in-200'(of) {
    const body = of('error', 'done');
    return {
      kind: 'error-in-200',
      error: optional('error', body, graphError),
      done: optional('done', body, flag),
    };
  },
  'wrong-type'(of) {
    const body = of('contentType', 'done');
    return {
      kind: 'wrong-type',
      contentType: optional('contentType', body, headerValue),
      done: optional('done', body, flag),
    };
  },
  huge(of) {
    const body = of('bytes', 'done');
    return {
      kind: 'huge',
      bytes: wholeBetween(1, LARGEST)('bytes', body['bytes']),
      done: optional('done', body, flag),
    };
  },
  throttled(of) {
    const body = of('code', 'regainMinutes', 'sticky', 'usage');
    return {
      kind: 'throttled',
      code: optional('code', body, throttleCode),
      regainMinutes: wholeBetween(1, 100_000)('regainMinutes', body['regainMinutes']),
      sticky: optional('sticky', body, flag),
      usage: optional('usage', body, oneOf(['app', 'account', 'both', 'none'])),
    };
  },
};

/** Reads one fault. Throws TypeError. */
export function readFault(value: unknown): Fault {
  if (!isJsonObject(value)) throw new TypeError('fault must be an object with a kind');
  const kind = oneOf(FAULT_KINDS)('kind', value['kind']);
  return READERS[kind]((...members) => bodyOf(value, ['kind', ...members]));
}

function graphError(_name: string, value: unknown): FaultError {
  const error = bodyOf(value, [
    'code',
    'message',
    'error_subcode',
    'type',
    'is_transient',
    'error_user_title',
    'error_user_msg',
    'details',
  ]);
  return {
    code: wholeNumber('code', error['code']),
    message: text('message', error['message'] ?? 'Simulated error'),
    error_subcode: optional('error_subcode', error, wholeNumber),
    type: optional('type', error, text),
    is_transient: optional('is_transient', error, flag),
    error_user_title: optional('error_user_title', error, text),
    error_user_msg: optional('error_user_msg', error, text),
    details: optional('details', error, text),
  };
}

function throttleCode(name: string, value: unknown): ThrottleCode {
  const code = CODES.find((candidate) => candidate === value);
  if (code === undefined) throw new TypeError(`${name} must be one of ${CODES.join(', ')}`);
  return code;
}

function flag(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
  return value;
}

function headers(name: string, value: unknown): Record<string, string> {
  if (!isJsonObject(value)) throw new TypeError(`${name} must be an object of strings`);
  return Object.fromEntries(
    Object.entries(value).map(([header, content]) => {
      validateHeaderName(header);
      const small = header.toLowerCase();
      if (FRAMING.has(small)) throw new TypeError(`${header} cannot be chosen: it belongs to the connection`);
      return [small, headerValue(header, content)];
    }),
  );
}

function headerValue(name: string, value: unknown): string {
  const content = text(name, value);
  validateHeaderValue(name, content);
  return content;
}
