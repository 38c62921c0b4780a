import { StoreUnavailableError } from '../ports/store-errors.ts';

/** What a batcher is made of. */
export interface BatcherDeps<Item, Result> {
  /** Does all items in one transaction; results in the order of the items. */
  runBatch: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Items with the same key that wait together are done once, and all callers get the one result. */
  key: (item: Item) => string;
  /** How much of a batch an item is. @default 1 */
  weight?: (item: Item) => number;
  /** How many batches may be under way at once. */
  inFlight: number;
  /** Calls back once the event loop has taken in what is waiting: `setImmediate`. */
  defer: (run: () => void) => void;
}

/** Items per batch at most, and how much they may be together: a commit must not keep the others for long. */
const most = 64;
const heaviest = 1_000;

interface Waiting<Item, Result> {
  item: Item;
  promise: Promise<Result>;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit: calls that arrive together share one transaction, and each is answered after its commit. A
 * commit costs a disk flush whatever is in it, so under load this is what makes durable writes cheap.
 *
 * When a batch fails it is rolled back and its items are done one by one, so that a bad row fails alone.
 */
export function createBatcher<Item, Result>(
  deps: BatcherDeps<Item, Result>,
): (item: Item) => Promise<Result> {
  const queue = new Map<string, Waiting<Item, Result>>();
  let underWay = 0;
  let deferred = false;

  const start = () => {
    deferred = false;
    while (underWay < deps.inFlight && queue.size > 0) void work(takeBatch());
  };

  const later = () => {
    if (deferred) return;
    deferred = true;
    deps.defer(start);
  };

  const takeBatch = (): Waiting<Item, Result>[] => {
    const batch: Waiting<Item, Result>[] = [];
    let weight = 0;
    for (const [key, waiting] of queue) {
      weight += deps.weight?.(waiting.item) ?? 1;
      if (batch.length === most || (batch.length > 0 && weight > heaviest)) break;
      queue.delete(key);
      batch.push(waiting);
    }
    return batch;
  };

  const work = async (batch: Waiting<Item, Result>[]) => {
    underWay += 1;
    try {
      await settle(batch);
    } finally {
      underWay -= 1;
      // Not at once: on SQLite a commit stops the event loop, and others wait for it too.
      if (queue.size > 0) later();
    }
  };

  const settle = async (batch: Waiting<Item, Result>[]) => {
    try {
      const results = await deps.runBatch(batch.map(({ item }) => item));
      for (const [index, result] of results.entries()) batch[index]?.resolve(result);
    } catch (error) {
      // A database that cannot write will not do it item by item either: each would wait for its lock again.
      if (batch.length === 1 || error instanceof StoreUnavailableError) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const one of batch) await settle([one]);
    }
  };

  return (item) => {
    const key = deps.key(item);
    const known = queue.get(key);
    if (known !== undefined) return known.promise;
    const { promise, resolve, reject } = withResolvers<Result>();
    queue.set(key, { item, promise, resolve, reject });
    later();
    return promise;
  };
}

// Promise.withResolvers came with Node 22.
function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
