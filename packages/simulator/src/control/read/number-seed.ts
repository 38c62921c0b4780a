import type { NumberSeed } from '../../world/numbers/seed-numbers.ts';
import { bodyOf, oneOf, optional, texts, wholeNumber } from './json-readers.ts';

/** Reads `{phoneNumbers | count, status?, verifiedAt?}`. Throws TypeError. */
export function readNumberSeed(value: unknown): NumberSeed {
  const body = bodyOf(value, ['phoneNumbers', 'count', 'status', 'verifiedAt']);
  if ((body['phoneNumbers'] === undefined) === (body['count'] === undefined)) {
    throw new TypeError('give either phoneNumbers or count');
  }
  return {
    phoneNumbers: optional('phoneNumbers', body, texts),
    count: optional('count', body, wholeNumber),
    status: optional('status', body, oneOf(['VERIFIED', 'NOT_VERIFIED', 'EXPIRED'])),
    verifiedAt: optional('verifiedAt', body, wholeNumber),
  };
}
