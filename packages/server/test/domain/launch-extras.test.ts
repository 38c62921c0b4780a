import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchExtras } from '../../src/domain/launch-extras.ts';

const tree = fc.dictionary(
  fc.constantFrom(
    'setup',
    'preVerifiedPhone',
    'business',
    'solutionID',
    '__proto__',
    'constructor',
    'ids',
    'x',
  ),
  fc.oneof(fc.string(), fc.array(fc.string()), fc.dictionary(fc.string(), fc.jsonValue())),
  { noNullPrototype: true },
);

describe('the extras of a launch', () => {
  it('name exactly the held numbers, whatever host, customer and page say', () => {
    fc.assert(
      fc.property(tree, tree, tree, fc.array(fc.stringMatching(/^\d{5}$/)), (host, customer, page, ids) => {
        const extras = launchExtras({
          host: { ...host, setup: host },
          customer: { prefill: customer },
          page: { prefill: page },
          numberIds: ids,
        });
        const setup = extras['setup'] as Record<string, unknown>; // always made by the function
        expect(Object.hasOwn(setup, 'preVerifiedPhone')).toBe(ids.length > 0);
        if (ids.length > 0) expect(setup['preVerifiedPhone']).toEqual({ ids });
        expect(({} as Record<string, unknown>)['x']).toBeUndefined(); // nothing got onto every object
      }),
    );
  });

  it('are empty but for the setup when nothing is configured, because the configuration chooses v4', () => {
    expect(launchExtras({ host: {}, customer: {}, page: {}, numberIds: ['1'] })).toEqual({
      setup: { preVerifiedPhone: { ids: ['1'] } },
    });
  });
});
