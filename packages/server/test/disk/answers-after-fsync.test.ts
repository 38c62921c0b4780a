import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bringClaim, openSessions, type CustomerWithSession, type Half } from './support/customers.ts';
import { readFileOf } from './support/database-file.ts';
import { findEarlyAnswers } from './support/early-answers.ts';
import { isSyncOf } from './support/read-wal.ts';
import { saysWhatDidNotRun, straces } from './support/strace.ts';
import { watchedLives } from './support/watched-life.ts';

const rounds = process.env['TEST_LONG'] === '1' ? 10 : 1;
const alone = 30;
const burst = 64;
const bursts = 3;

const lives = watchedLives();
beforeAll(lives.beforeAll);
beforeEach(lives.beforeEach);
afterEach(lives.afterEach);
afterAll(lives.afterAll);

/** Runs an act against a server that is watched, and gives its system calls back. */
async function watched(act: (url: string) => Promise<void>) {
  const life = await lives.start({
    calls: ['pwrite64', 'fsync', 'fdatasync', 'write', 'writev', 'sendmsg', 'sendto'],
  });
  await act(life.url);
  await life.kill();
  return lives.calls();
}

const accept = async (url: string, customer: CustomerWithSession, half?: Half) => {
  const { status } = await bringClaim(url, customer, half);
  expect(status).toBe(202);
};

describe('an answer that accepts a claim', () => {
  it('is watched, or it is said why not', saysWhatDidNotRun);

  it.each(straces)(
    'goes out after the sync of its claim came back, for claims alone and in bursts',
    async () => {
      const count = rounds * (alone + bursts * burst);
      const calls = await watched(async (url) => {
        const customers = await openSessions(url, count);
        const next = (many: number) => customers.splice(0, many);
        for (let round = 0; round < rounds; round += 1) {
          for (const customer of next(alone)) await accept(url, customer);
          for (let n = 0; n < bursts; n += 1) {
            await Promise.all(next(burst).map((customer) => accept(url, customer)));
          }
        }
      });
      const { answers, early, transactions } = findEarlyAnswers(calls);
      expect(early).toEqual([]);
      expect(answers.filter(({ status }) => status === 202)).toHaveLength(count);
      // Otherwise the bursts were no bursts, and one sync for many was never looked at.
      expect(transactions).toBeLessThan(count);
      expect(readFileOf(lives.file())).toMatchObject({ integrity: 'ok', torn: [] });
      expect(readFileOf(lives.file()).claims).toHaveLength(count);
    },
  );

  it.each(straces)('waits for a sync of its own when a claim comes in halves', async () => {
    const calls = await watched(async (url) => {
      for (const customer of await openSessions(url, 8)) {
        for (const half of ['event', 'code'] as const) await accept(url, customer, half);
      }
    });
    const { answers, early } = findEarlyAnswers(calls);
    expect(early).toEqual([]);
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(16);
    // One after the other: since the answer before, something was synced.
    const synced = calls.filter((call) => isSyncOf(call, '-wal') && call.returned === 0);
    for (const [index, { began }] of accepted.entries()) {
      const before = accepted[index - 1]?.began ?? 0;
      expect(synced.some((call) => call.began > before && call.ended < began)).toBe(true);
    }
  });
});
