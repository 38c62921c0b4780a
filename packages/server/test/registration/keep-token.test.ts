import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { keepToken } from '../../src/registration/keep-token.ts';
import { depsWith, leaseOf, now } from './support/step-world.ts';

const token = { lease: leaseOf('exchange'), now, sealedToken: 'sealed', expiresAt: undefined };

/** A database that takes no writes for so many of them. */
function storeThatIsAway(times: number, answer: boolean) {
  let calls = 0;
  const keep = keepToken(
    depsWith(
      {},
      {
        keepToken() {
          calls += 1;
          if (calls <= times) return Promise.reject(new StoreUnavailableError('away'));
          return Promise.resolve(answer);
        },
      },
    ),
  );
  return { keep, calls: () => calls };
}

describe('a token that Meta has given', () => {
  it('is kept once the database takes writes again', async () => {
    const { keep, calls } = storeThatIsAway(5, true);
    expect(await keep(token)).toBe(true);
    expect(calls()).toBe(6);
  });

  it('is not kept for whoever was fenced off meanwhile', async () => {
    const { keep } = storeThatIsAway(1, false);
    expect(await keep(token)).toBe(false);
  });

  it('is given up in the end, with the word of the database', async () => {
    const { keep, calls } = storeThatIsAway(1_000, true);
    await expect(keep(token)).rejects.toThrow(StoreUnavailableError);
    expect(calls()).toBe(31);
  });

  it('is not tried again for an error that will not pass', async () => {
    const keep = keepToken(depsWith({}, { keepToken: () => Promise.reject(new TypeError('broken')) }));
    await expect(keep(token)).rejects.toThrow(TypeError);
  });
});
