import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whoLaunched, type Launch } from '../../src/domain/who-launched.ts';

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;
const t = Date.UTC(2026, 0, 2);

const launch = (customerId: string, heldAt: number, claimUntil = heldAt + day): Launch => ({
  customerId,
  heldAt,
  claimUntil,
});
const ada = launch('ada', t - hour);

describe('who launched with a number', () => {
  it('is the one customer whose popup may have been open at that moment', () => {
    expect(whoLaunched([ada], t)).toEqual({ launch: ada });
    expect(whoLaunched([ada, launch('bob', t - 3 * day)], t)).toEqual({ launch: ada });
  });

  it('is nobody when it was set aside for nobody before that', () => {
    expect(whoLaunched([], t)).toEqual({ none: 'nobody' });
    expect(whoLaunched([], undefined)).toEqual({ none: 'nobody' });
    expect(whoLaunched([launch('ada', t + 2 * second)], t)).toEqual({ none: 'nobody' });
  });

  it('is never a guess between two', () => {
    const bob = launch('bob', t - 2 * hour);
    expect(whoLaunched([ada, bob], t)).toEqual({ none: 'several', customerIds: ['ada', 'bob'] });
    expect(whoLaunched([ada, launch('bob', t - 3 * day)], undefined)).toMatchObject({ none: 'several' });
  });

  it('knows that Meta counts in whole seconds', () => {
    const late = launch('ada', t + second);
    expect(whoLaunched([late], t)).toEqual({ launch: late });
    expect(whoLaunched([launch('ada', t - day, t - 1)], t)).toMatchObject({ launch: { customerId: 'ada' } });
  });

  it('may be somebody whose session was over, when there is nobody else', () => {
    const old = launch('ada', t - 3 * day);
    expect(whoLaunched([old], t)).toEqual({ launch: old });
    expect(whoLaunched([old, launch('bob', t - 5 * day)], t)).toMatchObject({ none: 'several' });
  });

  it('is not told by the moment of another sign-up: the number was still there long after it', () => {
    const next = launch('bob', t + hour);
    expect(whoLaunched([next], t)).toEqual({ launch: next });
    expect(whoLaunched([next, launch('ada', t - hour)], t)).toMatchObject({ none: 'several' });
    // Our mirror of the pool lags by minutes: that alone says nothing.
    expect(whoLaunched([launch('bob', t + 5 * 60 * second), ada], t)).toEqual({ launch: ada });
  });
});

describe('who launched with a number of which no webhook came', () => {
  const old = launch('bob', t - 30 * hour);
  const left = { lastListedAt: t, goneAt: t + hour };

  it('is the one customer whose popup may have been open while it left the pool', () => {
    expect(whoLaunched([ada, old], undefined, left)).toEqual({ launch: ada });
    expect(whoLaunched([ada, launch('cid', t + 2 * hour)], undefined, left)).toEqual({ launch: ada });
  });

  it('is not told by the moment it was missed: our mirror may have been away for a day', () => {
    const away = { lastListedAt: t - 29 * hour, goneAt: t + hour };
    expect(whoLaunched([ada, old], undefined, away)).toMatchObject({ none: 'several' });
  });

  it('is everybody while nobody knows when it left', () => {
    expect(whoLaunched([ada, old], undefined, { ...left, lastListedAt: undefined })).toMatchObject({
      none: 'several',
    });
    expect(whoLaunched([old], undefined, left)).toEqual({ launch: old });
  });
});

describe('the rule of who launched, for any launches', () => {
  const launches = fc.array(
    fc.record({
      customerId: fc.constantFrom('ada', 'bob', 'cid'),
      heldAt: fc.integer({ min: t - 5 * day, max: t + 5 * day }),
      claimUntil: fc.integer({ min: t - 5 * day, max: t + 6 * day }),
    }),
    { maxLength: 6 },
  );
  const moment = fc.option(fc.integer({ min: t - 2 * day, max: t + 2 * day }), { nil: undefined });
  const numRuns = process.env['TEST_LONG'] === '1' ? 100_000 : 2_000;

  it('names a customer only who launched, and only when no other one fits as well', () => {
    fc.assert(
      fc.property(launches, moment, (all, at) => {
        const found = whoLaunched(all, at);
        if (!('launch' in found)) {
          expect(found.none === 'nobody' || found.customerIds.length > 1).toBe(true);
          return;
        }
        expect(all).toContain(found.launch);
        const rivals = all.filter(({ customerId }) => customerId !== found.launch.customerId);
        if (at === undefined || all.some(({ heldAt }) => heldAt > at + hour)) {
          // A number that was still given to others long after has no owner by that moment.
          expect(rivals).toEqual([]);
          return;
        }
        // Nobody else could have had the popup open at that moment.
        const open = (one: Launch) => one.heldAt <= at && one.claimUntil >= at;
        expect(rivals.filter(open)).toEqual([]);
      }),
      { numRuns },
    );
  });

  it('does not depend on the order in which they are told', () => {
    fc.assert(
      fc.property(launches, moment, (all, at) => {
        const who = (found: ReturnType<typeof whoLaunched>) =>
          'launch' in found ? found.launch.customerId : found.none;
        expect(who(whoLaunched(all.toReversed(), at))).toBe(who(whoLaunched(all, at)));
      }),
      { numRuns },
    );
  });
});
