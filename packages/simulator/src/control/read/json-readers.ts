import { isJsonObject } from '../../json.ts';

/** A JSON object whose members are still to be read. */
export type Body = { readonly [name: string]: unknown };

/** The object in a body, all of whose members are known ones. Throws TypeError. */
export function bodyOf(value: unknown, known: readonly string[]): Body {
  if (!isJsonObject(value)) throw new TypeError(`an object with ${known.join(', ')} is expected, as JSON`);
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) throw new TypeError(`"${stranger}" is none of ${known.join(', ')}`);
  return value;
}

/** A member read by `read` when it is there. */
export function optional<Value>(
  name: string,
  body: Body,
  read: (name: string, value: unknown) => Value,
): Value | undefined {
  return body[name] === undefined ? undefined : read(name, body[name]);
}

/** A string. Throws TypeError naming the member. */
export function text(name: string, value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
  return value;
}

/** A list of strings. Throws TypeError naming the member. */
export function texts(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list of strings`);
  return value.map((item) => text(name, item));
}

/** A boolean. Throws TypeError naming the member. */
export function trueOrFalse(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${name} must be true or false`);
  return value;
}

/** A whole number. Throws TypeError naming the member. */
export function wholeNumber(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new TypeError(`${name} must be a whole number`);
  return value;
}

/** One of these words. Throws TypeError naming the member. */
export function oneOf<const Value extends string>(allowed: readonly Value[]) {
  return (name: string, value: unknown): Value => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new TypeError(`${name} must be one of ${allowed.join(', ')}`);
    return found;
  };
}
