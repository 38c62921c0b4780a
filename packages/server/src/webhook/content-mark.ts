import { createHash } from 'node:crypto';
import { isRecord } from '../domain/read-account-event.ts';

/**
 * Tells one content from another: SHA-256 of the JSON with its members in order, base64url, 43 characters.
 *
 * @throws RangeError when it is nested deeper than the stack is
 */
export function contentMark(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(value)))
    .digest('base64url');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  // As pairs, because an object would take a member called __proto__ for something else.
  return Object.keys(value)
    .toSorted()
    .map((name) => [name, ordered(value[name])]);
}
