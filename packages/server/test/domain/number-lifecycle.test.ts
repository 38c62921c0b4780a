import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import {
  numberState,
  renewableFrom,
  whyNoCode,
  type NumberFacts,
} from '../../src/domain/number-lifecycle.ts';
import { nextOf } from '../../src/domain/number-next.ts';
import {
  dropToTell,
  expiryDue,
  expiryToTell,
  mayWaitUntil,
  type NumberTold,
} from '../../src/domain/number-warnings.ts';
import { nextOwnRequest, type CodeRequest } from '../../src/domain/own-code-requests.ts';

const t = Date.UTC(2026, 0, 1);
const us = '900';

/** Verified at `t`, for 60 days: Meta's word, and not the 90 of its guide. */
const verified: NumberFacts = {
  verificationStatus: 'VERIFIED',
  verifiedAt: t,
  verificationExpiresAt: t + 60 * day,
  ownerBusinessId: us,
  firstSeenAt: t,
  goneAt: undefined,
  claimId: undefined,
  heldBy: undefined,
  heldUntil: undefined,
};
const added: NumberFacts = {
  ...verified,
  verificationStatus: 'NOT_VERIFIED',
  verifiedAt: undefined,
  verificationExpiresAt: undefined,
};
const untold: NumberTold = { toldExpiry: undefined, toldStage: undefined, toldUnverifiedAt: undefined };

describe('the state of a number', () => {
  it.each<[string, NumberFacts, number]>([
    ['unverified', added, t],
    ['free', verified, t],
    ['lapsed', verified, t + 60 * day],
    ['lapsed', { ...verified, verificationStatus: 'EXPIRED' }, t],
    ['lapsed', { ...verified, verificationStatus: 'UNVERIFIED' }, t + 60 * day],
    ['free', { ...verified, verificationExpiresAt: undefined }, t + 900 * day],
    ['held', { ...verified, heldBy: 'ada', heldUntil: t + 1 }, t],
    ['free', { ...verified, heldBy: 'ada', heldUntil: t }, t],
    ['held', { ...verified, heldBy: '', heldUntil: t + 1 }, t],
    ['lapsed', { ...verified, heldBy: 'ada', heldUntil: t + 99 * day }, t + 60 * day],
    ['gone', { ...verified, goneAt: t }, t],
    ['claimed', { ...verified, goneAt: t, claimId: 'claim' }, t],
  ])('is %s', (state, facts, now) => {
    expect(numberState(facts, now)).toBe(state);
  });
});

describe('a code', () => {
  it('can be had at any time until the number is verified', () => {
    expect(whyNoCode(added, t, us)).toBeUndefined();
    expect(whyNoCode(added, t + 500 * day, us)).toBeUndefined();
  });

  it('cannot be had before the last 45 days that Meta names, and the answer says from when on it can', () => {
    const from = t + 15 * day;
    expect(renewableFrom(verified)).toBe(from);
    expect(whyNoCode(verified, from - 1, us)).toEqual({ why: 'verified', from });
    expect(whyNoCode(verified, from, us)).toBeUndefined();
    expect(whyNoCode(verified, t + 400 * day, us)).toBeUndefined();
  });

  it('is counted from 90 days only where Meta names no end, and from nothing where it names no time at all', () => {
    const endless = { ...verified, verificationExpiresAt: undefined };
    expect(whyNoCode(endless, t, us)).toEqual({ why: 'verified', from: t + 45 * day });
    expect(whyNoCode({ ...endless, verifiedAt: undefined }, t, us)).toEqual({
      why: 'verified',
      from: undefined,
    });
  });

  it('can be had at once when Meta says that a verification is over, whatever time it names', () => {
    expect(whyNoCode({ ...verified, verificationStatus: 'EXPIRED' }, t, us)).toBeUndefined();
  });

  it('is refused for what is claimed, gone, or another business’s', () => {
    expect(whyNoCode({ ...added, claimId: 'c', goneAt: t }, t, us)).toEqual({ why: 'claimed' });
    expect(whyNoCode({ ...added, goneAt: t }, t, us)).toEqual({ why: 'gone' });
    expect(whyNoCode({ ...added, ownerBusinessId: '77' }, t, us)).toEqual({
      why: 'not_ours',
      ownerBusinessId: '77',
    });
    expect(whyNoCode({ ...added, ownerBusinessId: undefined }, t, us)).toBeUndefined();
  });
});

describe('what happens next', () => {
  it('is told step by step for a verified number', () => {
    const steps: unknown[] = [];
    for (let next = nextOf(verified, t, us); next !== undefined; next = nextOf(verified, next.at, us)) {
      steps.push([next.what, (next.at - t) / day]);
    }
    expect(steps).toEqual([
      ['renewable', 15],
      ['warning', 46],
      ['warning', 57],
      ['lapses', 60],
    ]);
  });

  it('is for one that was never verified the warning and the drop', () => {
    expect(nextOf(added, t, us)).toEqual({ what: 'unverified_warning', at: t + 75 * day });
    expect(nextOf(added, t + 75 * day, us)).toEqual({ what: 'dropped', at: t + 90 * day });
    expect(nextOf(added, t + 90 * day, us)).toBeUndefined();
  });

  it('is for one of which Meta names no end that it can be verified anew, and no end by a count of ours', () => {
    const endless = { ...verified, verificationExpiresAt: undefined };
    expect(nextOf(endless, t, us)).toEqual({ what: 'renewable', at: t + 45 * day });
    expect(nextOf(endless, t + 45 * day, us)).toBeUndefined();
  });

  it('is for one of another business its end or its drop: it is theirs to verify, and to be told', () => {
    const shared = { ownerBusinessId: '77' };
    expect(nextOf({ ...verified, ...shared }, t, us)).toEqual({ what: 'warning', at: t + 15 * day });
    expect(nextOf({ ...verified, ...shared, verificationExpiresAt: undefined }, t, us)).toBeUndefined();
    expect(nextOf({ ...added, ...shared }, t, us)).toEqual({ what: 'dropped', at: t + 90 * day });
  });

  it('is nothing for what is lapsed, claimed, gone, or verified without a time', () => {
    expect(nextOf(verified, t + 60 * day, us)).toBeUndefined();
    expect(nextOf({ ...verified, claimId: 'c' }, t, us)).toBeUndefined();
    expect(nextOf({ ...added, goneAt: t }, t, us)).toBeUndefined();
    expect(
      nextOf({ ...verified, verifiedAt: undefined, verificationExpiresAt: undefined }, t, us),
    ).toBeUndefined();
  });
});

describe('a warning', () => {
  const stageAt = (days: number, renewsItself = false, told = untold) =>
    expiryToTell(verified, told, t + days * day, renewsItself)?.stage;

  it('is of the newest stage alone when a number is seen late', () => {
    expect([14, 15, 45, 46, 56, 57, 59, 60, 600].map((days) => stageAt(days))).toEqual([
      undefined,
      45,
      45,
      14,
      14,
      3,
      3,
      0,
      0,
    ]);
  });

  it('is not given 45 days before when a code is asked for by itself, and is later', () => {
    expect([15, 45, 46, 57, 60].map((days) => stageAt(days, true))).toEqual([undefined, undefined, 14, 3, 0]);
  });

  it('is not given twice, nor for an earlier stage when a clock was set back', () => {
    const told = { ...untold, toldExpiry: t + 60 * day, toldStage: 14 as const };
    expect(stageAt(46, false, told)).toBeUndefined();
    expect(stageAt(20, false, told)).toBeUndefined();
    expect(stageAt(57, false, told)).toBe(3);
  });

  it('is given at once when Meta says that the verification is over', () => {
    expect(expiryToTell({ ...verified, verificationStatus: 'EXPIRED' }, untold, t, true)).toEqual({
      expiresAt: t + 60 * day,
      stage: 0,
    });
  });

  it('is not given of an end that only a count of ours names, until Meta says that it is over', () => {
    const endless = { ...verified, verificationExpiresAt: undefined };
    for (const days of [46, 77, 89, 90, 400])
      expect(expiryToTell(endless, untold, t + days * day, false)).toBeUndefined();
    expect(expiryToTell({ ...endless, verificationStatus: 'EXPIRED' }, untold, t + 91 * day, false)).toEqual({
      expiresAt: t + 90 * day,
      stage: 0,
    });
  });

  it('of a number that waits for its turn is put off for a day, and not beyond the next one', () => {
    const until = (days: number, syncedAt = t, next?: number) =>
      (mayWaitUntil(
        { ...verified, syncedAt },
        expiryDue(verified, t + days * day),
        next === undefined ? undefined : t + next * day,
        t + days * day,
      ) -
        t) /
      day;
    // From 14 days before the end on, which is day 46.
    expect(until(46)).toBe(47);
    expect(until(46.5, t + 46.5 * day, 57)).toBe(47.5);
    expect(until(56.5, t + 56.5 * day, 57)).toBe(57);
    expect([until(57), until(60)]).toEqual([47, 47]);
    const dropped = { ...added, syncedAt: t };
    expect(mayWaitUntil(dropped, undefined, t + 90 * day, t + 75 * day)).toBe(t + 76 * day);
    // A clock that was set back: nothing that is known was before now.
    expect(mayWaitUntil(dropped, undefined, undefined, t - day)).toBeLessThan(t);
  });

  it('of being dropped is given from day 75 on, and never to what was verified once', () => {
    expect(dropToTell(added, untold, t + 75 * day - 1)).toBeUndefined();
    expect(dropToTell(added, untold, t + 75 * day)).toBe(t + 90 * day);
    expect(dropToTell(added, { ...untold, toldUnverifiedAt: t }, t + 80 * day)).toBeUndefined();
    expect(dropToTell({ ...added, verificationStatus: 'EXPIRED' }, untold, t + 80 * day)).toBeUndefined();
    expect(dropToTell(added, { ...untold, toldExpiry: t, toldStage: 0 }, t + 80 * day)).toBeUndefined();
  });
});

describe('codes that the kit asks for by itself', () => {
  it('are three, a day apart, and then one a week while nothing comes of them', () => {
    const made: CodeRequest[] = [];
    for (let n = 0; n < 6; n += 1) {
      made.unshift({ at: Math.max(t, nextOwnRequest(added, made)), who: 'kit' });
    }
    expect(made.map(({ at }) => (at - t) / day).reverse()).toEqual([0, 1, 2, 9, 16, 23]);
  });

  it('wait for a day after a person asked for one', () => {
    expect(nextOwnRequest(added, [{ at: t, who: 'ada' }])).toBe(t + day);
  });

  it('begin anew with each verification', () => {
    const made = [0, 1, 2].map((days) => ({ at: t - days * day, who: 'kit' }));
    expect(nextOwnRequest(verified, made)).toBe(t + day);
    expect(nextOwnRequest(added, made)).toBe(t + 7 * day);
  });
});
