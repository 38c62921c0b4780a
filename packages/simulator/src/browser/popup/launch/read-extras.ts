import { isJsonObject } from '../../../json.ts';

/** JSON from the address of the popup; undefined when it is none. */
export function parseJson(value: string | null): unknown {
  if (value === null) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A member of something that may be no object. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((found, name) => (isJsonObject(found) ? found[name] : undefined), value);
}

/** A text or number as text; undefined for nothing, null, blanks and everything else. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The texts of a list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A text, or the texts of a list: the pre-filled data page writes account ids both ways. */
export function textOrTexts(value: unknown): string[] {
  return typeof value === 'string' && value.trim() !== '' ? [value] : texts(value);
}
