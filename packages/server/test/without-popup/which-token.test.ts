import { describe, expect, it } from 'vitest';
import { listForAttaching } from '../../src/registration/attach-list.ts';
import { claimWith, depsWith, failure, leaseOf } from '../registration/support/step-world.ts';

describe('a look at an account with the token of a customer who took it back, for an operator', () => {
  /** The customer's token is refused, and ours fails like this. */
  const look = (ours: Parameters<typeof failure>[0]) => {
    const theirs = failure({ kind: 'permission', code: 200, status: 403 });
    const listAccountNumbers = (_wabaId: string, token: string | undefined) => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(token === undefined ? failure(ours) : theirs),
      }),
    });
    const claim = claimWith({ toAttach: { numberId: '1000001', verifiedName: 'Lucky Shrub', wabaId: '8' } });
    return listForAttaching(depsWith({ listAccountNumbers }, {}))(
      { claim, lease: leaseOf('attach_named') },
      '8',
      'token',
    );
  };

  it.each(['transient', 'throttled', 'unreachable', 'unreadable'] as const)(
    'is worth another one when ours fails for a moment: %s',
    async (kind) => {
      expect(await look({ kind, status: 503 })).toMatchObject({ kind });
    },
  );

  it.each(['permission', 'auth', 'not_found', 'invalid_input'] as const)(
    'says that the customer took it back when ours does not show it either: %s',
    async (kind) => {
      expect(await look({ kind, code: 77, status: 400 })).toMatchObject({
        kind: 'permission',
        facts: { code: 200 },
      });
    },
  );
});
