import { createHash } from 'node:crypto';
import { isRecord } from '../domain/read-account-event.ts';

/**
 * Tells one content of JSON from another, whatever the order of its members: SHA-256 of it in one fixed form, base64url, 43
 * characters.
 *
 * @param value JSON that is no deeper than `isTooDeep` allows
 */
export function contentMark(value: unknown): string {
  return createHash('sha256').update(inOneForm(value)).digest('base64url');
}

/** As text and not as an object, which would take a member called `__proto__` for something else. */
function inOneForm(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneForm).join(',')}]`;
  if (!isRecord(value)) return value === undefined ? 'null' : JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${inOneForm(value[name])}`);
  return `{${members.join(',')}}`;
}
