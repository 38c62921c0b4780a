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
  it('is the one customer who was ever given it, while their session could bring a claim', () => {
    expect(whoLaunched([ada], t)).toEqual({ launch: ada });
    expect(whoLaunched([ada, launch('ada', t - 5 * day)], t)).toEqual({ launch: ada });
  });

  it('is nobody when it was set aside for nobody before that', () => {
    expect(whoLaunched([], t)).toEqual({ unsure: [] });
    expect(whoLaunched([], undefined)).toEqual({ unsure: [] });
    // Meta's clock is not ours, and our mirror of the pool lags: minutes say nothing.
    const late = launch('ada', t + 60 * second);
    expect(whoLaunched([late], t)).toEqual({ launch: late });
  });

  it.each([2 * hour, 25 * hour, 400 * day])(
    'is unsure between two, also when one had it %i ms before: whoever has seen its id can put it into a popup',
    (before) => {
      const bob = launch('bob', t - before);
      expect(whoLaunched([ada, bob], t)).toEqual({ unsure: ['ada', 'bob'] });
      expect(whoLaunched([ada, bob], undefined)).toEqual({ unsure: ['ada', 'bob'] });
    },
  );

  it('is not whoever opened a page long ago: that says nothing of a popup that was finished today', () => {
    expect(whoLaunched([launch('ada', t - 40 * day)], t)).toEqual({ unsure: ['ada'] });
  });

  it('is not told by the moment of another sign-up: the number was still there long after it', () => {
    const next = launch('bob', t + hour);
    expect(whoLaunched([next], t)).toEqual({ launch: next });
    expect(whoLaunched([next, ada], t)).toEqual({ unsure: ['bob', 'ada'] });
  });
});

describe('who launched with a number of which no webhook came', () => {
  const left = { lastListedAt: t, goneAt: t + hour };

  it('is the one customer whose popup may have been open while it left the pool', () => {
    expect(whoLaunched([ada], undefined, left)).toEqual({ launch: ada });
    // Whoever came when it had left cannot have taken it.
    expect(whoLaunched([ada, launch('cid', t + 2 * hour)], undefined, left)).toEqual({ launch: ada });
    expect(whoLaunched([launch('ada', t - 30 * hour)], undefined, left)).toEqual({ unsure: ['ada'] });
  });

  it('is the one who ever had it while nobody knows when it left', () => {
    const old = launch('ada', t - 30 * hour);
    expect(whoLaunched([old], undefined, { ...left, lastListedAt: undefined })).toEqual({ launch: old });
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

  it('names a customer only where no other one was given the number before', () => {
    fc.assert(
      fc.property(launches, moment, moment, (all, at, goneAt) => {
        const found = whoLaunched(all, at, { lastListedAt: undefined, goneAt });
        if (!('launch' in found)) return;
        expect(all).toContain(found.launch);
        const rivals = all.filter(({ customerId }) => customerId !== found.launch.customerId);
        const latest = Math.min(...rivals.map(({ heldAt }) => heldAt));
        const until = at ?? goneAt ?? Number.POSITIVE_INFINITY;
        expect(rivals.length === 0 || latest > until || latest > (goneAt ?? until)).toBe(true);
      }),
      { numRuns },
    );
  });

  it('says the same whatever the order, and however often a customer came', () => {
    fc.assert(
      fc.property(launches, moment, (all, at) => {
        const customer = (found: ReturnType<typeof whoLaunched<Launch>>) =>
          'launch' in found ? found.launch.customerId : found.unsure.toSorted();
        expect(customer(whoLaunched([...all, ...all].toReversed(), at))).toEqual(
          customer(whoLaunched(all, at)),
        );
      }),
      { numRuns },
    );
  });
});
