import { prefillSchema } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import type { Customer } from '../config/options.ts';
import { HostAnswerError } from './host-answer-error.ts';

/** Hosts without TypeScript keep ids as numbers too; one above 2^53 has been rounded to another's id, so it is refused. */
const idOf = (rule: RegExp, error: string) =>
  z
    .union([z.string(), z.int({ error }), z.bigint()], { error })
    .transform(String)
    .pipe(z.string().regex(rule, { error }));

// Databases stumble over control characters and halves of surrogate pairs, and would take two such ids for one.
const customerId = idOf(
  /^[^\p{Cc}\p{Cs}]{1,200}$/u,
  'must be a text of 1 to 200 characters; return undefined when nobody is signed in',
);
const metaId = idOf(/^[0-9]{1,20}$/, 'must be the string of digits that Meta shows');

const whole = z.object({
  id: customerId,
  country: z
    .string('must be an ISO 3166-1 alpha-2 code, such as US')
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, such as US')
    .nullish()
    .transform(orUndefined),
  prefill: z.preprocess(withoutBlanks, prefillSchema.nullish()).transform(orUndefined),
  solutionId: metaId.nullish().transform(orUndefined),
  configId: metaId.nullish().transform(orUndefined),
});
const idAlone = whole.pick({ id: true });

/** Whom the host names, without what only a launch needs: an odd country must not cost anybody a claim. */
export function readCustomerId(answer: unknown): Pick<Customer, 'id'> | undefined {
  return read(answer, idAlone);
}

/**
 * What the host's `customer` answered: `undefined` when nobody is signed in.
 *
 * @throws HostAnswerError naming the fields that cannot be used
 */
export function readCustomer(answer: unknown): Customer | undefined {
  return read(answer, whole);
}

function read<Output>(answer: unknown, schema: z.ZodType<Output>): Output | undefined {
  // `req.user && req.user.id` may come to null or false, which is nobody too.
  if (answer === undefined || answer === null || answer === false) return undefined;
  const parsed = schema.safeParse(isTree(answer) ? answer : { id: answer });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new HostAnswerError(`options.customer returned what cannot be used: ${problems.join('; ')}`);
}

function orUndefined<Value>(value: Value | null | undefined): Value | undefined {
  return value ?? undefined;
}

/** A form that the host's customer left empty is no mistake of the host's. */
function withoutBlanks(value: unknown): unknown {
  if (!isTree(value)) return value;
  const kept = Object.entries(value)
    .map(([key, below]) => [key, withoutBlanks(below)] as const)
    .filter(([, below]) => !isBlank(below));
  return Object.fromEntries(kept);
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || (isTree(value) && Object.keys(value).length === 0);
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
