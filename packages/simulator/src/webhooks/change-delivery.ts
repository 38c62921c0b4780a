import type { DeliveryOptions } from '../world/webhook-state.ts';
import type { World } from '../world/world.ts';

/** The most changes Meta puts into one body (webhooks overview). */
const LARGEST_BATCH = 1000;

/** Far more than any test needs; each costs memory. */
const MOST_DUPLICATES = 1000;

/** Changes the delivery options that are given. Throws TypeError for one that cannot stand; then changes nothing. */
export function changeDelivery({ webhook }: World, options: Partial<DeliveryOptions>): void {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const delivery: DeliveryOptions = { ...webhook.delivery, ...given };
  for (const name of ['duplicates', 'delayMs', 'drop'] as const) {
    const amount = delivery[name];
    if (!Number.isSafeInteger(amount) || amount < 0) {
      throw new TypeError(`${name} must be a whole number from 0 on`);
    }
  }
  const { batch, duplicates } = delivery;
  if (duplicates > MOST_DUPLICATES) throw new TypeError(`duplicates must be at most ${MOST_DUPLICATES}`);
  if (!Number.isInteger(batch) || batch < 1 || batch > LARGEST_BATCH) {
    throw new TypeError(`batch must be a whole number from 1 to ${LARGEST_BATCH}`);
  }
  webhook.delivery = delivery;
}
