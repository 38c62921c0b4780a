import { isLive, isOpen } from '../../domain/claim-transitions.ts';
import { isWriting } from '../../domain/normalise-number.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import { withPlus } from '../../domain/read-phone-number.ts';
import type { EmbeddedSignup } from '../../embedded-signup.ts';
import type { Claim } from '../../ports/records.ts';
import { CliError } from '../cli-error.ts';
import { oneLineOf } from '../display-width.ts';
import { readNumberArgument } from '../read-number-argument.ts';

/** The argument of every command about one claim. */
export const claimArgument = [
  '<claim>',
  'its id, or its telephone number with the plus, or its customer, where that is one claim only',
] as const;

/** More than a person could choose from. */
const most = 50;

/**
 * The claim that a person means: by its id, or by its whole telephone number, its customer or its account. One that is not over
 * comes before those that are.
 *
 * @throws CliError when there is none, or when several are meant; a telephone number without its calling code is none
 */
export async function findClaim(
  claims: Pick<EmbeddedSignup['claims'], 'find' | 'list'>,
  given: string,
  missing = (shown: string) => `There is no claim ${shown}. Look it up with \`claims list\`.`,
): Promise<Claim> {
  const written = given.trim();
  const exact = await claims.find(written);
  if (exact !== undefined) return exact;
  const shown = oneLineOf(written.slice(0, 60));
  const read = readNumberArgument(written);
  const digits = 'problem' in read ? undefined : comparableDigits(read.phoneNumber);
  const { items } = await claims.list({ search: written, limit: most });
  // A search takes a number for whole that is written without its calling code, and every digit of a customer's id.
  const found = items.filter(({ phoneNumber, customerId, wabaId, phoneNumberId }) => {
    const isItsNumber = digits !== undefined && comparableDigits(phoneNumber ?? '') === digits;
    return isItsNumber || [customerId, wabaId, phoneNumberId].includes(written);
  });
  const open = found.filter((claim) => isOpen(claim.status) || isLive(claim));
  const meant = open.length > 0 ? open : found;
  const [first, ...others] = meant;
  if (first === undefined) {
    const advice = 'problem' in read && isNumberLike(written) ? ` ${read.problem}` : '';
    throw new CliError(`${missing(shown)}${advice}`);
  }
  if (others.length === 0) return first;
  const ids = meant.slice(0, 5).map(({ id, status }) => `${id} (${status})`);
  throw new CliError(`${shown} has several claims. Name one by its id: ${ids.join(', ')}.`);
}

/** Whether it may have been meant as a telephone number, and not as an id. */
function isNumberLike(written: string): boolean {
  const text = withPlus(written);
  return text.startsWith('+') || isWriting(text);
}
