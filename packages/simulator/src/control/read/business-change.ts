import { bodyOf } from './json-readers.ts';

/** Reads `{verified}`. Throws TypeError. */
export function readBusinessChange(value: unknown): { verified: boolean } {
  const { verified } = bodyOf(value, ['verified']);
  if (typeof verified !== 'boolean') throw new TypeError('verified must be true or false');
  return { verified };
}
