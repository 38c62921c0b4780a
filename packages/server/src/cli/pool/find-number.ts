import { comparableDigits, digitsOf } from '../../domain/number-match.ts';
import { plainText } from '../../domain/read-phone-number.ts';
import type { EmbeddedSignup } from '../../embedded-signup.ts';
import { NumberMissingError } from '../../pool/pool-errors.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { CliError } from '../cli-error.ts';
import { oneLineOf } from '../display-width.ts';
import { paged } from '../paged.ts';
import { readNumberArgument } from '../read-number-argument.ts';

/**
 * The number that a person means: by Meta’s id, or by its whole telephone number, with the plus and its calling code. One that Meta
 * lists comes before those that are gone.
 *
 * @throws CliError when there is none, or when several are meant; and for a telephone number without its calling code, which
 *   may be of any country: what is done with a number must never be done with another country’s
 */
export async function findNumber(
  pool: Pick<EmbeddedSignup['pool'], 'find' | 'list'>,
  given: string,
): Promise<PoolRecord> {
  const written = plainText(given);
  const shown = oneLineOf(written.slice(0, 60));
  const isDigits = /^\d{1,20}$/.test(written);
  if (isDigits) {
    try {
      return await pool.find(written);
    } catch (error) {
      if (!(error instanceof NumberMissingError)) throw error;
    }
  }
  const read = readNumberArgument(written);
  if ('problem' in read) {
    throw new CliError(
      isDigits
        ? `The pool has no number with the id ${shown}. ${read.problem} Look it up with \`pool list\`, or run \`pool sync\`.`
        : `${shown} names no number. ${read.problem} Or give Meta’s id of it.`,
    );
  }
  const found = await withNumber(pool, read.phoneNumber);
  const listed = found.filter(({ goneAt }) => goneAt === undefined);
  const meant = listed.length > 0 ? listed : found;
  const [first, ...others] = meant;
  if (first === undefined) {
    throw new CliError(
      `The pool has no number ${shown}. Look it up with \`pool list\`, or run \`pool sync\`.`,
    );
  }
  if (others.length === 0) return first;
  const ids = meant.slice(0, 10).map(({ id }) => id);
  throw new CliError(`${shown} is more than one number of the pool. Name it by its id: ${ids.join(', ')}.`);
}

/** @param phoneNumber E.164, with the plus */
async function withNumber(
  pool: Pick<EmbeddedSignup['pool'], 'list'>,
  phoneNumber: string,
): Promise<PoolRecord[]> {
  const exact: PoolRecord[] = [];
  const near: PoolRecord[] = [];
  const pages = paged<PoolRecord>((query) => pool.list({ search: phoneNumber, ...query }));
  for await (const { items } of pages) {
    exact.push(...items.filter((item) => digitsOf(item.phoneNumber) === digitsOf(phoneNumber)));
    near.push(
      ...items.filter((item) => comparableDigits(item.phoneNumber) === comparableDigits(phoneNumber)),
    );
  }
  return exact.length > 0 ? exact : near;
}
