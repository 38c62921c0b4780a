import { comparableDigits, digitsOf } from '../../domain/number-match.ts';
import { isWriting, readWithCallingCode } from '../../domain/normalise-number.ts';
import { plainText, searchedDigits, withPlus } from '../../domain/read-phone-number.ts';
import type { EmbeddedSignup } from '../../embedded-signup.ts';
import { NumberMissingError } from '../../pool/pool-errors.ts';
import type { PoolRecord } from '../../ports/records.ts';
import { CliError } from '../cli-error.ts';
import { oneLineOf } from '../display-width.ts';
import { paged } from '../paged.ts';

/**
 * The number that a person means: by Meta's id, or by its telephone number as people write it. One that Meta lists comes
 * before those that are gone.
 *
 * @throws CliError when there is none, or when several are meant
 */
export async function findNumber(
  pool: Pick<EmbeddedSignup['pool'], 'find' | 'list'>,
  given: string,
): Promise<PoolRecord> {
  const written = plainText(given);
  if (/^\d{1,20}$/.test(written)) {
    try {
      return await pool.find(written);
    } catch (error) {
      if (!(error instanceof NumberMissingError)) throw error;
    }
  }
  const shown = oneLineOf(written.slice(0, 60));
  if (!isWriting(withPlus(written))) {
    throw new CliError(`${shown} is neither Meta’s id of a number nor a telephone number.`);
  }
  const found = await withDigits(pool, searchedDigits(written));
  const listed = found.filter(({ goneAt }) => goneAt === undefined);
  const meant = listed.length > 0 ? listed : found;
  const [first, ...others] = meant;
  if (first === undefined) {
    throw new CliError(
      `The pool has no number ${shown}. ${advice(written)}Look it up with \`pool list\`, or run \`pool sync\`.`,
    );
  }
  if (others.length === 0) return first;
  const ids = meant.slice(0, 10).map(({ id }) => id);
  throw new CliError(`${shown} is more than one number of the pool. Name it by its id: ${ids.join(', ')}.`);
}

/** What is amiss with the number itself. Digits alone may be an id. */
function advice(written: string): string {
  const read = /^\d+$/.test(written) ? undefined : readWithCallingCode(written);
  return read !== undefined && 'problem' in read ? `${read.problem} ` : '';
}

async function withDigits(pool: Pick<EmbeddedSignup['pool'], 'list'>, digits: string): Promise<PoolRecord[]> {
  const exact: PoolRecord[] = [];
  const near: PoolRecord[] = [];
  const pages = paged<PoolRecord>((query) => pool.list({ search: digits, ...query }));
  for await (const { items } of pages) {
    exact.push(...items.filter(({ phoneNumber }) => digitsOf(phoneNumber) === digits));
    near.push(
      ...items.filter(({ phoneNumber }) => comparableDigits(phoneNumber) === comparableDigits(digits)),
    );
  }
  return exact.length > 0 ? exact : near;
}
