import { day, minute } from '../domain/durations.ts';
import type { ReconcileDeps } from './deps.ts';

/** Rows per write, and writes per sweep: nobody waits long for the database, and what is left comes a minute later. */
const slice = 50;
const heardSlice = 1_000;
const mostSlices = 20;

/** A claim that is under way has work long before that. Milliseconds. */
const stuckAfter = 10 * minute;

/** Meta repeats a webhook for a week at the most; changes are kept for longer, because their signatures have no end. */
const remembered = 30 * day;

/** Sets right what nobody else sees: claims without work, tokens that end, marks of old webhooks. For every minute. */
export function sweep({ store, clock, logger }: Pick<ReconcileDeps, 'store' | 'clock' | 'logger'>) {
  return async (): Promise<void> => {
    const now = clock.now();
    const revived = await inSlices(slice, (limit) =>
      store.reviveStuck({ now, before: now - stuckAfter, limit }),
    );
    if (revived > 0) logger.warn('claims that were under way had no work', { revived });
    await inSlices(slice, (limit) => store.warnOfTokens({ now, limit }));
    await inSlices(heardSlice, (limit) => store.forgetHeard({ before: now - remembered, limit }));
  };
}

async function inSlices(limit: number, write: (limit: number) => Promise<number>): Promise<number> {
  let sum = 0;
  for (let count = 0; count < mostSlices; count += 1) {
    const done = await write(limit);
    sum += done;
    if (done < limit) break;
  }
  return sum;
}
