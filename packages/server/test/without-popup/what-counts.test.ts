import { describe, expect, it } from 'vitest';
import { putOnAccount } from '../../src/numbers/put-on-account.ts';
import type { NewAttachment } from '../../src/ports/numbers-store.ts';
import { claimWith, depsWith, listOf, numberWith } from '../registration/support/step-world.ts';

describe('what counts among the numbers that an account may have', () => {
  it.each([
    ['CONNECTED', true],
    ['PENDING', true],
    [undefined, true],
    ['DELETED', false],
    ['MIGRATED', false],
    ['BANNED', false],
  ])('is a number of which Meta says %s: %s', async (status, counts) => {
    const opened: NewAttachment[] = [];
    const claim = claimWith();
    const deps = depsWith(
      { listAccountNumbers: () => listOf([numberWith({ displayPhoneNumber: '+1 555-010-0002', status })]) },
      {
        findAttachment: () => Promise.resolve(undefined),
        listClaimsOfAccount: () => Promise.resolve([claim]),
        findToken: () => Promise.resolve(undefined),
        openAttachment(input) {
          opened.push(input);
          return Promise.resolve({ outcome: 'opened' as const, claim });
        },
      },
    );
    await putOnAccount({ ...deps, wake: () => undefined })('8', 'ann', {
      numberId: '1000001',
      verifiedName: 'Lucky Shrub',
    });
    expect(opened.map(({ listed }) => listed)).toEqual([counts ? ['15550100002'] : []]);
  });
});
