import { seededRandom } from '../../random/seeded-random.ts';
import type { DeliveryOptions } from '../../world/webhook-state.ts';

/** The items as they are, or shuffled: the same way for the same seed and the same number of things before them. */
export function inOrder<Item>(
  items: readonly Item[],
  order: DeliveryOptions['order'],
  seed: number,
): readonly Item[] {
  if (order === 'sent') return items;
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
