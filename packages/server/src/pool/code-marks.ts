import { createHmac } from 'node:crypto';
import type { NamedKey } from '../config/derive-keys.ts';

/** The marks of a code under each key, the newest key's first. */
export type CodeMarks = (numberId: string, code: string) => [string, ...string[]];

/**
 * Tells one code of a number from another without keeping it. Keyed, because whoever has a plain hash of six digits has the
 * digits. While secrets are rotated nodes may make different ones first, so all of them are compared.
 */
export function codeMarks([newest, ...others]: readonly NamedKey[]): CodeMarks {
  if (newest === undefined) throw new TypeError('codeMarks: needs at least one key');
  return (numberId, code) => {
    const mark = ({ bytes }: NamedKey) =>
      createHmac('sha256', bytes).update(`${numberId}/${code}`).digest('base64url');
    return [mark(newest), ...others.map(mark)];
  };
}
