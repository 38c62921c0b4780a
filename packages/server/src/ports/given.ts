import { z } from 'zod';
import { InvalidRequestError } from './invalid-request-error.ts';

/** One line for people, without control characters: PostgreSQL takes no NUL, and a history is read in terminals. */
export const oneLine = (most: number) =>
  z
    .string('must be a text')
    .min(1, 'must not be empty')
    .max(most, `must have ${most} characters or less`)
    .regex(/^\P{Cc}*$/u, 'must be without control characters');

/** A two-step PIN, as Meta wants it. */
export const sixDigits = z.string('must be a text of six digits').regex(/^[0-9]{6}$/, 'must be six digits');

/** The name of who decides, as it goes into the history. */
const operatorName = oneLine(100);

/** Whether a history may name somebody so: 1 to 100 characters, none of them a control character. */
export const isOperatorName = (value: unknown): value is string => operatorName.safeParse(value).success;

/** An object with these fields and no others. */
export function exactly<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? noSuchField(issue.keys) : 'must be an object'),
  });
}

/** What stands in the place of a name may be a secret, so only what looks like a name is repeated. */
function noSuchField(names: readonly string[]): string {
  const name = names.find((one) => /^[A-Za-z_]{1,30}$/.test(one));
  return name === undefined ? 'has a field that does not exist' : `has a field that does not exist: ${name}`;
}

/**
 * What was given, checked by a schema.
 *
 * @param under goes in front of each path, such as `claims`
 * @throws InvalidRequestError naming every problem at once, and no value
 */
export function given<Output>(schema: z.ZodType<Output>, value: unknown, under: string[] = []): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidRequestError(
    parsed.error.issues.map((issue) => ({
      path: [...under, ...issue.path.map(String)].join('.'),
      message: issue.message,
    })),
  );
}

/** @throws InvalidRequestError when the name cannot stand in a history */
export const givenName = (who: string): string => given(operatorName, who, ['who']);
