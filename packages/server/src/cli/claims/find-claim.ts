import { isLive, isOpen } from '../../domain/claim-transitions.ts';
import { isWriting } from '../../domain/normalise-number.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import { searchedDigits, withPlus } from '../../domain/read-phone-number.ts';
import type { EmbeddedSignup } from '../../embedded-signup.ts';
import type { Claim } from '../../ports/records.ts';
import { CliError } from '../cli-error.ts';
import { oneLineOf } from '../display-width.ts';

/** The argument of every command about one claim. */
export const claimArgument = [
  '<claim>',
  'its id, or the telephone number or the customer where that is one claim only',
] as const;

/** More than a person could choose from. */
const most = 50;

/**
 * The claim that a person means: by its id, or by its number, customer or account. One that is not over comes before those
 * that are.
 *
 * @throws CliError when there is none, or when several are meant
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
  const { items } = await claims.list({ search: written, limit: most });
  const isNumber = isWriting(withPlus(written));
  const digits = comparableDigits(searchedDigits(written));
  // The search of a number takes every digit that is in the text, also of a customer's id.
  const found = items.filter(({ phoneNumber, customerId, wabaId, phoneNumberId }) => {
    const isItsNumber = isNumber && comparableDigits(phoneNumber ?? '') === digits;
    return isItsNumber || [customerId, wabaId, phoneNumberId].includes(written);
  });
  const open = found.filter((claim) => isOpen(claim.status) || isLive(claim));
  const meant = open.length > 0 ? open : found;
  const [first, ...others] = meant;
  if (first === undefined) throw new CliError(missing(shown));
  if (others.length === 0) return first;
  const ids = meant.slice(0, 5).map(({ id, status }) => `${id} (${status})`);
  throw new CliError(`${shown} has several claims. Name one by its id: ${ids.join(', ')}.`);
}
