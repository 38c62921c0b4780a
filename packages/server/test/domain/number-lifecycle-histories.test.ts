import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { day } from '../../src/domain/durations.ts';
import {
  expiryOf,
  expiryStages,
  isOurs,
  numberState,
  whyNoCode,
  type NumberFacts,
} from '../../src/domain/number-lifecycle.ts';
import { nextOf } from '../../src/domain/number-next.ts';
import { dropToTell, expiryDue, expiryToTell, type NumberTold } from '../../src/domain/number-warnings.ts';
import { nextOwnRequest, type CodeRequest } from '../../src/domain/own-code-requests.ts';
import { isOfferable } from '../../src/domain/pool-number.ts';

const t = Date.UTC(2026, 0, 1);
const us = '900';
const numRuns = process.env['TEST_LONG'] === '1' ? 20_000 : 1_000;

const states = ['unverified', 'free', 'held', 'claimed', 'lapsed', 'gone'];
const words = ['VERIFIED', 'NOT_VERIFIED', 'EXPIRED', 'UNVERIFIED', 'PENDING', ''];
/** Moments near the edges of the rules, and any others. */
const around = fc.oneof(
  fc.integer({ min: -200 * day, max: 200 * day }),
  fc
    .tuple(fc.constantFrom(...expiryStages, 75, 90, 120), fc.constantFrom(-1, 0, 1), fc.constantFrom(-1, 1))
    .map(([days, off, sign]) => sign * days * day + off),
);
const moment = around.map((offset) => t + offset);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });

const anyFacts: fc.Arbitrary<NumberFacts> = fc.record({
  verificationStatus: fc.constantFrom(...words),
  verifiedAt: maybe(moment),
  verificationExpiresAt: maybe(moment),
  ownerBusinessId: maybe(fc.constantFrom(us, '77')),
  firstSeenAt: moment,
  goneAt: maybe(moment),
  claimId: maybe(fc.constant('claim')),
  heldBy: maybe(fc.constantFrom('ada', '')),
  heldUntil: maybe(moment),
});

/** What happens to a number: time passes, Meta says something new of it, somebody looks. */
type Happening =
  | { pass: number }
  | { says: Partial<NumberFacts> }
  | { verifiedFor: number | undefined }
  | { look: { renewsItself: boolean } };
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 * day }).map((pass) => ({ pass })) },
  {
    weight: 5,
    arbitrary: fc.boolean().map((renewsItself) => ({ look: { renewsItself } })),
  },
  {
    weight: 1,
    arbitrary: maybe(fc.integer({ min: 1, max: 120 })).map((verifiedFor) => ({ verifiedFor })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ verificationStatus: fc.constantFrom(...words), verificationExpiresAt: maybe(moment) })
      .map((says) => ({ says })),
  },
);

const start: NumberFacts = {
  verificationStatus: 'NOT_VERIFIED',
  verifiedAt: undefined,
  verificationExpiresAt: undefined,
  ownerBusinessId: us,
  firstSeenAt: t,
  goneAt: undefined,
  claimId: undefined,
  heldBy: undefined,
  heldUntil: undefined,
};

const changed = (facts: NumberFacts, news: Partial<NumberFacts>): NumberFacts => ({ ...facts, ...news });

/** Plays a history, with the bookkeeping of the store. @returns each look, and what was told at it */
function play(history: readonly Happening[]) {
  let facts = start;
  let now = t;
  const told: NumberTold = { toldExpiry: undefined, toldStage: undefined, toldUnverifiedAt: undefined };
  const looks: { facts: NumberFacts; now: number; renewsItself: boolean; told: number | undefined }[] = [];
  for (const one of history) {
    if ('pass' in one) now += one.pass;
    if ('says' in one) facts = changed(facts, one.says);
    if ('verifiedFor' in one) {
      const end = one.verifiedFor === undefined ? undefined : now + one.verifiedFor * day;
      facts = changed(facts, { verificationStatus: 'VERIFIED', verifiedAt: now, verificationExpiresAt: end });
    }
    if ('look' in one) {
      const { renewsItself } = one.look;
      const due = expiryToTell(facts, told, now, renewsItself);
      looks.push({ facts, now, renewsItself, told: due?.stage });
      if (due !== undefined) Object.assign(told, { toldExpiry: due.expiresAt, toldStage: due.stage });
    }
  }
  return looks;
}

describe('over any history of a number', () => {
  it('the stages told of one end go down, each at most once', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (history) => {
        let end: number | undefined;
        let last = Number.POSITIVE_INFINITY;
        for (const { facts, told } of play(history)) {
          if (told === undefined) continue;
          if (expiryOf(facts) !== end) last = Number.POSITIVE_INFINITY;
          end = expiryOf(facts);
          expect(told).toBeLessThan(last);
          last = told;
        }
      }),
      { numRuns },
    );
  });

  it('every look at a verified number whose end was reached has the host know of that stage', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (history) => {
        const lowest = new Map<number, number>();
        let end: number | undefined;
        for (const { facts, now, renewsItself, told } of play(history)) {
          const expiry = expiryOf(facts);
          if (expiry === undefined) continue;
          // An end that Meta names anew starts anew; one that it goes back to does so as well.
          if (told !== undefined && expiry !== end) lowest.delete(expiry);
          if (told !== undefined) {
            end = expiry;
            lowest.set(expiry, told);
          }
          const left = facts.verificationStatus === 'VERIFIED' ? (expiry - now) / day : 0;
          const reached = left <= 0 ? 0 : left <= 3 ? 3 : left <= 14 ? 14 : left <= 45 ? 45 : undefined;
          if (reached === undefined || (reached === 45 && renewsItself)) expect(told).toBeUndefined();
          else expect(lowest.get(expiry)).toBeLessThanOrEqual(reached);
        }
      }),
      { numRuns },
    );
  });

  it('an end that Meta names anew is warned of anew', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 40 }),
        fc.integer({ min: 1, max: 44 }),
        (history, days) => {
          const now = t + 2_000 * day;
          const again: Happening[] = [
            { pass: now - t },
            { verifiedFor: days },
            { look: { renewsItself: false } },
          ];
          expect(play([...history, ...again]).at(-1)?.told).toBe(days <= 3 ? 3 : days <= 14 ? 14 : 45);
        },
      ),
      { numRuns },
    );
  });
});

describe('for any facts and any moment', () => {
  it('a number has one state, and can be offered exactly when it is free or held', () => {
    fc.assert(
      fc.property(anyFacts, moment, (facts, now) => {
        const state = numberState(facts, now);
        expect(states).toContain(state);
        const mayBe = facts.claimId === undefined && facts.goneAt === undefined && isOfferable(facts, now);
        expect(state === 'free' || state === 'held').toBe(mayBe);
      }),
      { numRuns },
    );
  });

  it('no code is asked for inside the closed window, nor for what is not ours to ask for', () => {
    fc.assert(
      fc.property(anyFacts, moment, (facts, now) => {
        if (whyNoCode(facts, now, us) !== undefined) return;
        expect([facts.claimId, facts.goneAt]).toEqual([undefined, undefined]);
        expect(facts.ownerBusinessId ?? us).toBe(us);
        if (facts.verificationStatus !== 'VERIFIED') return;
        const end = facts.verificationExpiresAt ?? (facts.verifiedAt ?? Number.NaN) + 90 * day;
        expect(end - now).toBeLessThanOrEqual(45 * day);
      }),
      { numRuns },
    );
  });

  it('a refusal with a date ends on that date, and not before', () => {
    fc.assert(
      fc.property(anyFacts, moment, (facts, now) => {
        const no = whyNoCode(facts, now, us);
        if (no?.why !== 'verified' || no.from === undefined) return;
        expect(no.from).toBeGreaterThan(now);
        expect(whyNoCode(facts, no.from - 1, us)).toEqual(no);
        expect(whyNoCode(facts, no.from, us)).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it('nothing is counted in days of the guide where Meta names the end', () => {
    fc.assert(
      fc.property(anyFacts, moment, moment, maybe(moment), (facts, end, now, verifiedAt) => {
        const named = { ...facts, verificationExpiresAt: end };
        const rules = (given: NumberFacts) => [
          numberState(given, now),
          whyNoCode(given, now, us),
          nextOf(given, now, us),
          expiryDue(given, now),
          nextOwnRequest(given, [{ at: now - 2 * day, who: 'kit' }]),
        ];
        expect(rules({ ...named, verifiedAt })).toEqual(rules(named));
      }),
      { numRuns },
    );
  });

  it('nothing changes by itself before what happens next, and something does then', () => {
    fc.assert(
      fc.property(
        anyFacts.map((facts) => ({ ...facts, heldBy: undefined })),
        moment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (facts, now, part) => {
          const untold = { toldExpiry: undefined, toldStage: undefined, toldUnverifiedAt: undefined };
          const at = (time: number) => [
            numberState(facts, time),
            whyNoCode(facts, time, us)?.why,
            expiryDue(facts, time)?.stage,
            // Whose number it is hears of it.
            isOurs(facts, us) ? dropToTell(facts, untold, time) : undefined,
          ];
          const next = nextOf(facts, now, us);
          const before =
            next === undefined ? now + part * 1_000 * day : now + Math.floor(part * (next.at - now - 1));
          expect(at(before)).toEqual(at(now));
          if (next === undefined || next.what === 'dropped') return;
          expect(next.at).toBeGreaterThan(now);
          expect(at(next.at)).not.toEqual(at(next.at - 1));
        },
      ),
      { numRuns },
    );
  });
});

describe('codes that the kit asks for by itself', () => {
  it('are at most one in a day and three in a week, whenever it looks and whoever else asks', () => {
    const facts = fc.record({
      asks: fc.constantFrom('kit', 'kit', 'ada'),
      pass: fc.integer({ min: 0, max: 3 * day }),
    });
    fc.assert(
      fc.property(anyFacts, fc.array(facts, { maxLength: 80 }), (number, looks) => {
        let now = t;
        const made: CodeRequest[] = [];
        // A history of one verification: the window does not move while it lasts.
        const given = {
          ...number,
          verificationExpiresAt: maybeBefore(number.verificationExpiresAt),
          verifiedAt: undefined,
        };
        for (const { asks, pass } of looks) {
          now += pass;
          if (asks === 'kit' && now < nextOwnRequest(given, made)) continue;
          made.unshift({ at: now, who: asks });
        }
        const own = made.filter(({ who }) => who === 'kit').map(({ at }) => at);
        for (const [index, at] of own.entries()) {
          const [before, , third] = own.slice(index + 1);
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(day);
          if (third !== undefined) expect(at - third).toBeGreaterThanOrEqual(7 * day);
        }
      }),
      { numRuns },
    );
  });
});

/** So early that every request of the history is of its window. */
const maybeBefore = (time: number | undefined) => time && Math.min(time, t + 45 * day);
