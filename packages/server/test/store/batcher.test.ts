import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store-errors.ts';
import { createBatcher } from '../../src/store/batcher.ts';

/** A batcher whose batches are looked at; it runs when told. */
function make(runBatch: (items: readonly string[]) => Promise<readonly string[]>, inFlight = 1) {
  const batches: (readonly string[])[] = [];
  const deferred: (() => void)[] = [];
  let isFlushed = false;
  const submit = createBatcher<string, string>({
    key: (item) => item,
    weight: (item) => item.length,
    inFlight,
    // Once it runs, the loop comes round by itself.
    defer: (run) => (isFlushed ? void setImmediate(run) : void deferred.push(run)),
    runBatch: (items) => {
      batches.push(items);
      return runBatch(items);
    },
  });
  const flush = () => {
    isFlushed = true;
    for (const run of deferred.splice(0)) run();
  };
  return { submit, batches, flush };
}
const upper = (items: readonly string[]) => Promise.resolve(items.map((item) => item.toUpperCase()));

describe('group commit', () => {
  it('does what arrives together in one batch, and answers each with its own result', async () => {
    const { submit, batches, flush } = make(upper);
    const answers = Promise.all(['a', 'b', 'c'].map(submit));
    flush();
    expect(await answers).toEqual(['A', 'B', 'C']);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('does equal calls once', async () => {
    const { submit, batches, flush } = make(upper);
    const answers = Promise.all(['a', 'a', 'b', 'a'].map(submit));
    flush();
    expect(await answers).toEqual(['A', 'A', 'B', 'A']);
    expect(batches).toEqual([['a', 'b']]);
  });

  it('takes at most 64 at a time, in the order of arrival, and no more batches at once than allowed', async () => {
    const { submit, batches, flush } = make(upper);
    const items = Array.from({ length: 150 }, (_, n) => String(n));
    const answers = Promise.all(items.map(submit));
    flush();
    expect(batches.map((batch) => batch.length)).toEqual([64]);
    await answers;
    expect(batches.map((batch) => batch.length)).toEqual([64, 64, 22]);
    expect(batches.flat()).toEqual(items);
  });

  it('takes no more than 1,000 changes at a time, unless one call alone has more', async () => {
    const { submit, batches, flush } = make(upper);
    const answers = Promise.all([600, 600, 300, 2_000, 1].map((size, n) => submit(String(n).repeat(size))));
    flush();
    await answers;
    expect(batches.map((batch) => batch.map((item) => item.length))).toEqual([
      [600],
      [600, 300],
      [2_000],
      [1],
    ]);
  });

  it('lets a bad row fail alone', async () => {
    const { submit, batches, flush } = make((items) =>
      items.includes('bad') ? Promise.reject(new Error('bad row')) : upper(items),
    );
    const answers = Promise.allSettled(['a', 'bad', 'c'].map(submit));
    flush();
    expect((await answers).map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
  });

  it('asks a database that is not there only once for all', async () => {
    const { submit, batches, flush } = make(() => Promise.reject(new StoreUnavailableError('locked')));
    const answers = Promise.allSettled(['a', 'b'].map(submit));
    flush();
    expect((await answers).every((answer) => answer.status === 'rejected')).toBe(true);
    expect(batches).toHaveLength(1);
  });

  it('takes up what comes in while a batch is under way', async () => {
    const { submit, batches, flush } = make(upper);
    const first = submit('a');
    flush();
    const second = submit('b');
    flush();
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
    expect(batches).toEqual([['a'], ['b']]);
  });
});
