import type { MissingNumbersCursor } from '../../../src/ports/numbers-store.ts';
import type { Store } from '../../../src/ports/store.ts';

/**
 * A whole round of catching up with what servers of an older version recorded.
 *
 * @returns how many numbers were missing
 */
export async function catchUp(
  store: Pick<Store, 'noteMissingNumbers'>,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  let noted = 0;
  let after: MissingNumbersCursor | undefined;
  do {
    const slice = await store.noteMissingNumbers({ now, limit, after });
    noted += slice.noted;
    after = slice.next;
  } while (after !== undefined);
  return noted;
}
