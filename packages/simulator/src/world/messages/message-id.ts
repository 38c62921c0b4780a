import type { Moment } from '../simulation.ts';

/**
 * A new message id in the form of Meta's samples: `wamid.` and base64 of the customer's number (digits), the
 * direction and a key in hexadecimal digits.
 */
export function messageId(
  { ids }: Pick<Moment, 'ids'>,
  { waId, fromCustomer }: { waId: string; fromCustomer: boolean },
): string {
  const key = ids.messageKey(fromCustomer ? 20 : 18);
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, waId.length]),
    Buffer.from(waId),
    Buffer.from([0x15, 0x02, 0x00, fromCustomer ? 0x12 : 0x11, 0x18, key.length]),
    Buffer.from(key),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString('base64')}`;
}
