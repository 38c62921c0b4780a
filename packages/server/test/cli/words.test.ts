import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { claimColumns, nextOfClaim } from '../../src/cli/claims/claim-words.ts';
import { dayOf, distance, momentOf } from '../../src/cli/distance.ts';
import { loggedInAs } from '../../src/cli/logged-in-as.ts';
import { findNumber } from '../../src/cli/pool/find-number.ts';
import { expiryInWords, nextInWords } from '../../src/cli/pool/number-words.ts';
import { whoActs } from '../../src/cli/who-acts.ts';
import { NumberMissingError } from '../../src/pool/pool-errors.ts';
import type { Claim, PoolRecord } from '../../src/ports/records.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

const record = (over: Partial<PoolRecord> = {}): PoolRecord => ({
  id: '1',
  phoneNumber: '+15550100001',
  displayPhoneNumber: '+1 555-010-0001',
  country: 'US',
  verificationStatus: 'VERIFIED',
  verifiedAt: t0,
  verificationExpiresAt: t0 + 90 * day,
  ownerBusinessId: '7',
  heldBy: undefined,
  heldUntil: undefined,
  claimId: undefined,
  claimedBy: undefined,
  claimedAt: undefined,
  goneAt: undefined,
  lastListedAt: undefined,
  syncedAt: t0,
  firstSeenAt: t0,
  ...over,
});

describe('how far away a time is', () => {
  it.each([
    [12 * day, 'in 12 days'],
    [2 * day - 1, 'in 47 hours'],
    [-3 * day - hour, '3 days ago'],
    [2 * hour, 'in 2 hours'],
    [hour, 'in 60 minutes'],
    [-60_000, '1 minute ago'],
    [59_999, 'now'],
    [0, 'now'],
  ])('%i ms is %s', (ms, words) => {
    expect(distance(t0 + ms, t0)).toBe(words);
  });

  it('is told in UTC', () => {
    const time = Date.parse('2026-08-15T14:05:59Z');
    expect([dayOf(time), momentOf(time)]).toEqual(['2026-08-15', '2026-08-15 14:05 UTC']);
  });
});

describe('what is said of a number', () => {
  const moment = (now: number) => ({ now, businessId: '7' });
  const unverified = {
    verificationStatus: 'NOT_VERIFIED',
    verifiedAt: undefined,
    verificationExpiresAt: undefined,
  };

  it.each([
    ['just verified', {}, 0, 'in 90 days', `nothing until ${dayOf(t0 + 45 * day)}`],
    ['in its last 45 days', {}, 46 * day, 'in 44 days', 'request a code to renew it'],
    ['lapsed', {}, 93 * day, 'lapsed 3 days ago', 'request a code'],
    ['never verified', unverified, 10 * day, 'dropped in 80 days', 'request a code'],
    ['not verified for too long', unverified, 91 * day, 'dropped now', 'request a code'],
    ['held', { heldBy: 'ada', heldUntil: t0 + hour }, 0, 'in 90 days', `wait until ${momentOf(t0 + hour)}`],
    ['claimed', { claimId: 'c', claimedBy: 'ada' }, 0, undefined, 'nothing'],
    ['gone', { goneAt: t0 }, 0, undefined, 'add it again to use it'],
    ['of a partner', { ownerBusinessId: '8' }, 93 * day, 'lapsed 3 days ago', 'ask business 8 to verify it'],
  ])('%s', (_what, over, later, expiry, next) => {
    expect(expiryInWords(record(over), t0 + later)).toBe(expiry);
    expect(nextInWords(record(over), moment(t0 + later))).toBe(next);
  });
});

describe('what a person does about a claim', () => {
  it.each([
    ['needs_verification', undefined, 'have a code sent, and hand it in', 'yellow'],
    ['needs_verification', 'code', 'nothing: the kit has a code sent, and hands it in by itself', 'cyan'],
    ['received', 'attach_named', 'nothing: the number is being put on the account', 'cyan'],
    ['registering', 'register', 'nothing: the kit is at it', 'cyan'],
  ] as const)('that is %s, at the step %s', (status, step, next, colour) => {
    expect(nextOfClaim({ status, step })).toEqual({ next, colour });
    const column = claimColumns(t0).find(({ header }) => header === 'NEXT');
    expect(column?.of({ status, step } as Claim)).toBe(next); // what is read of it
  });
});

describe('the number that a person means', () => {
  const poolOf = (...records: PoolRecord[]) => ({
    find: (id: string) => {
      const found = records.find((one) => one.id === id);
      return found === undefined ? Promise.reject(new NumberMissingError()) : Promise.resolve(found);
    },
    list: ({ search = '' }: { search?: string | undefined }) => {
      const items = records.filter(({ phoneNumber, id }) => phoneNumber.includes(search) || id === search);
      return Promise.resolve({ items, nextCursor: undefined });
    },
  });
  const first = record();
  const longer = record({ id: '2', phoneNumber: '+155501000012' });
  const pool = poolOf(first, longer);

  it.each([
    '1',
    '+15550100001',
    '+1 (555) 010-0001',
    '0015550100001',
    '(+1) 555 0100001',
    ' +1 555.010.0001 ',
  ])('%s is the one with this id or telephone number', async (given) => {
    expect(await findNumber(pool, given)).toBe(first);
  });

  it('is the one that Meta lists, before those that are gone', async () => {
    const gone = record({ id: '3', goneAt: t0 });
    expect(await findNumber(poolOf(gone, first), '+15550100001')).toBe(first);
    expect(await findNumber(poolOf(gone), '+15550100001')).toBe(gone);
  });

  it('is never another country’s, whose number has the digits of a national one', async () => {
    // Of Alabama, and of Singapore.
    const both = poolOf(
      record({ id: '5', phoneNumber: '+16582345678' }),
      record({ id: '6', phoneNumber: '+6582345678' }),
    );
    for (const national of [
      '(658) 234-5678',
      '658-234-5678',
      '658.234.5678',
      '6582345678',
      '(６５８) ２３４ ５６７８',
    ]) {
      await expect(findNumber(both, national)).rejects.toThrow('the plus');
    }
    expect((await findNumber(both, '+1 (658) 234-5678')).id).toBe('5');
    expect((await findNumber(both, '+65 8234 5678')).id).toBe('6');
  });

  it('has to be named by its id where several have the digits', async () => {
    const twice = poolOf(first, record({ id: '4' }));
    await expect(findNumber(twice, '+15550100001')).rejects.toThrow('Name it by its id: 1, 4.');
  });

  it.each([
    ['+15550109999', 'The pool has no number +15550109999.'],
    ['99', 'The pool has no number with the id 99.'],
    [
      '15550100001',
      'with the id 15550100001. A telephone number is written with the plus and its calling code',
    ],
    ['1 (555) 010-0001', '1 (555) 010-0001 names no number. It has no calling code. Write it with the plus'],
    ['+1 555-010-0001 ext. 5', 'ext. 5 names no number. It has an extension.'],
    ['ada', 'ada names no number. It is no telephone number.'],
    ['a1', 'a1 names no number.'],
    ['', 'names no number.'],
    ['\u001B[31m', '\uFFFD[31m names no number.'],
  ])('is none for %j', async (given, sentence) => {
    await expect(findNumber(pool, given)).rejects.toThrow(sentence);
  });
});

describe('whose name goes into the history', () => {
  const who = (as: string | undefined, env: Record<string, string>, loggedIn?: string) =>
    whoActs(as, { env, loggedInAs: () => loggedIn });

  it('is the one that is given, or of the person who is logged in', () => {
    expect(who('ann', { USER: 'root' })).toBe('ann');
    expect(who(undefined, { USER: 'root' }, 'cem')).toBe('root');
    expect(who(undefined, { USER: '', LOGNAME: 'bea' }, 'cem')).toBe('bea');
    expect(() => who('', {})).toThrow('--as must be a name');
  });

  it('is the name that the system knows where the environment says none', () => {
    expect(who(undefined, {}, 'cem')).toBe('cem');
    expect(who(undefined, {}, 'two\nlines')).toBe('operator');
    expect(who(undefined, {})).toBe('operator');
    expect(loggedInAs()).toBe(userInfo().username);
  });
});
