import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bringClaim, shownClaims } from './support/customers.ts';
import { readFileOf } from './support/database-file.ts';
import { findEarlyAnswers } from './support/early-answers.ts';
import { expectAWindowOfRefusals, expectRefusals } from './support/expect-refusals.ts';
import { isSyncOf, walTransactions, type WalTransaction } from './support/read-wal.ts';
import { saysWhatDidNotRun, straces } from './support/strace.ts';
import { acceptedIn, bringThroughTrouble } from './support/trouble.ts';
import { watchedLives } from './support/watched-life.ts';

const everything = ['pwrite64', 'fsync', 'fdatasync', 'write', 'writev', 'sendmsg', 'sendto'];

const sorted = (ids: Iterable<string>) => Array.from(ids).toSorted((a, b) => a.localeCompare(b));

const lives = watchedLives();
beforeAll(lives.beforeAll);
beforeEach(lives.beforeEach);
afterEach(lives.afterEach);
afterAll(lives.afterAll);

/**
 * After a failed fsync Linux calls the pages clean, on disk or not, and the next fsync says nothing of them. So SQLite must
 * not ask again, it must write again, to the same place; then the connection can go on, and need not be opened anew.
 */
function expectWrittenAgain(transactions: readonly WalTransaction[]): void {
  const failed = transactions.flatMap(({ sync, offset }, index) =>
    sync?.returned === -1 ? [{ offset, next: transactions[index + 1]?.offset }] : [],
  );
  expect(failed.length).toBeGreaterThanOrEqual(3);
  for (const { offset, next } of failed) expect(next).toBe(offset);
}

describe('a disk whose fsync fails for a while', () => {
  it('is tried, or it is said why not', saysWhatDidNotRun);

  it.each(straces)('costs no accepted claim, and claims are accepted again by themselves', async () => {
    const customers = await lives.prepare(30);
    const life = await lives.start({ calls: everything, inject: 'fsync,fdatasync:error=EIO:when=8..17' });
    const passage = await bringThroughTrouble(life.url, customers);
    const again = await bringThroughTrouble(
      life.url,
      passage.refused.map(({ customer }) => customer),
    );
    await life.kill();

    expectAWindowOfRefusals(passage);
    expect(again.refused).toEqual([]);
    const calls = await lives.calls();
    // No sync that went well was needed in between: the first claim after the window is accepted.
    expect(passage.refused).toHaveLength(calls.filter((call) => call.injected).length);
    expect(findEarlyAnswers(calls).early).toEqual([]);
    expectWrittenAgain(walTransactions(calls));
    expect(readFileOf(lives.file())).toEqual({
      integrity: 'ok',
      claims: acceptedIn(passage, again),
      torn: [],
    });
  });

  it.each(straces)('refuses a batch as a whole, and the next ones are accepted', async () => {
    // Seven batches or more; what the start writes by itself must not use the window up.
    const customers = await lives.prepare(448);
    const life = await lives.start({ calls: everything, inject: 'fsync,fdatasync:error=EIO:when=5..12' });
    const passage = await bringThroughTrouble(life.url, customers, 64);
    const again = await bringThroughTrouble(
      life.url,
      passage.refused.map(({ customer }) => customer),
      64,
    );
    await life.kill();

    expect(passage.refused.length).toBeGreaterThan(3);
    expect(passage.accepted.size).toBeGreaterThan(3);
    expectRefusals(passage);
    expect(again.refused).toEqual([]);
    expect(findEarlyAnswers(await lives.calls()).early).toEqual([]);
    expect(readFileOf(lives.file())).toEqual({
      integrity: 'ok',
      claims: acceptedIn(passage, again),
      torn: [],
    });
  });

  // What was refused may have reached the disk all the same, and then the next process finds it: whole, and only once.
  it.each(straces)('can be left by kill -9: the next process has every accepted claim', async () => {
    const customers = await lives.prepare(16);
    const life = await lives.start({ calls: everything, inject: 'fsync,fdatasync:error=EIO:when=8+' });
    const passage = await bringThroughTrouble(life.url, customers);
    await life.kill();
    expect(passage.statuses).toMatch(/^(202 )+(503 )+503$/);

    const next = await lives.start();
    expect(await shownClaims(next.url)).toEqual(expect.arrayContaining(acceptedIn(passage)));
    const claimsByCustomer = new Map<string, string>();
    for (const customer of customers) {
      const { status, claimId } = await bringClaim(next.url, customer);
      expect([200, 202]).toContain(status);
      claimsByCustomer.set(customer.id, claimId ?? 'none');
    }
    for (const [customer, claim] of passage.accepted) expect(claimsByCustomer.get(customer)).toBe(claim);
    await next.kill();
    const left = readFileOf(lives.file());
    expect(left).toMatchObject({ integrity: 'ok', torn: [] });
    expect(left.claims).toEqual(sorted(claimsByCustomer.values()));
  });

  it.each(straces)('does not stop claims when it is the database file’s turn', async () => {
    // SQLite copies the log into the file after 1 000 pages; a claim alone takes about ten.
    const customers = await lives.prepare(125);
    const { path } = lives.file();
    const life = await lives.start({
      files: [path],
      calls: ['pwrite64', 'fsync', 'fdatasync'],
      inject: 'fsync,fdatasync:error=EIO:when=1..3',
    });
    const passage = await bringThroughTrouble(life.url, customers);
    await life.kill();

    expect(passage.refused).toEqual([]);
    expect(readFileOf(lives.file())).toEqual({ integrity: 'ok', claims: acceptedIn(passage), torn: [] });
    const rounds: { written: Set<string>; returned: number | undefined }[] = [];
    let written = new Set<string>();
    for (const call of await lives.calls()) {
      if (call.name === 'pwrite64') written.add(/, (\d+)$/.exec(call.args)?.[1] ?? '');
      else if (isSyncOf(call, path)) {
        rounds.push({ written, returned: call.returned });
        written = new Set();
      }
    }
    expect(rounds.map(({ returned }) => returned)).toEqual([-1, -1, -1, 0, ...rounds.slice(4).map(() => 0)]);
    for (const [index, round] of rounds.slice(0, 3).entries()) {
      const next = rounds[index + 1]?.written ?? new Set();
      expect(round.written.size).toBeGreaterThan(0);
      expect([...round.written].filter((page) => !next.has(page))).toEqual([]);
    }
  });
});
