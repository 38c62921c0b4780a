import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFileOf } from './support/database-file.ts';
import { findEarlyAnswers } from './support/early-answers.ts';
import { expectAWindowOfRefusals } from './support/expect-refusals.ts';
import { saysWhatDidNotRun, straces } from './support/strace.ts';
import { acceptedIn, bringThroughTrouble } from './support/trouble.ts';
import { watchedLives } from './support/watched-life.ts';

const everything = ['pwrite64', 'ftruncate', 'fsync', 'fdatasync', 'write', 'writev', 'sendmsg', 'sendto'];

const troubles = [
  ['is full', 'pwrite64:error=ENOSPC'],
  ['has become read-only', 'pwrite64,ftruncate,fsync,fdatasync:error=EROFS'],
  ['cannot write', 'pwrite64:error=EIO'],
  ['is over quota', 'pwrite64:error=EDQUOT'],
] as const;
const cases = straces.length === 0 ? [] : troubles;

const lives = watchedLives();
beforeAll(lives.beforeAll);
beforeEach(lives.beforeEach);
afterEach(lives.afterEach);
afterAll(lives.afterAll);

describe('a disk that refuses writes for a while', () => {
  it('is tried, or it is said why not', saysWhatDidNotRun);

  it.each(cases)(
    'because it %s costs no accepted claim, and claims are accepted again by themselves',
    async (_trouble, inject) => {
      const customers = await lives.prepare(24);
      // In the middle of a transaction, so that half of it is written.
      const life = await lives.start({ calls: everything, inject: `${inject}:when=130..137` });
      const passage = await bringThroughTrouble(life.url, customers);
      const again = await bringThroughTrouble(
        life.url,
        passage.refused.map(({ customer }) => customer),
      );
      await life.kill();

      expectAWindowOfRefusals(passage);
      expect(again.refused).toEqual([]);
      const calls = await lives.calls();
      // Never more refusals than writes that failed: the first claim that finds room is accepted.
      expect(passage.refused.length).toBeLessThanOrEqual(calls.filter((call) => call.injected).length);
      expect(findEarlyAnswers(calls).early).toEqual([]);
      expect(readFileOf(lives.file())).toEqual({
        integrity: 'ok',
        claims: acceptedIn(passage, again),
        torn: [],
      });
    },
  );

  it.each(cases.slice(0, 2))(
    'because it %s lets no server start with a new database',
    async (_trouble, inject) => {
      await expect(lives.start({ calls: everything, inject: `${inject}:when=1+` })).rejects.toThrow(
        /"refused":"StoreUnavailableError"/,
      );
    },
  );
});
