/**
 * Runs `job` for each of the items, a few at once. When one fails no further one is begun, and none after `signal` is aborted;
 * those that are under way come to their end.
 *
 * @throws what the first of them threw
 */
export async function someAtOnce<Item>(
  items: readonly Item[],
  atOnce: number,
  signal: AbortSignal,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const item of left) {
      if (failed || signal.aborted) return;
      await job(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
