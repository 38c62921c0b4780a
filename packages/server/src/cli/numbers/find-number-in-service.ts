import { isLive } from '../../domain/claim-transitions.ts';
import type { EmbeddedSignup } from '../../embedded-signup.ts';
import { PhoneNumberMissingError } from '../../numbers/phone-number-errors.ts';
import type { Claim } from '../../ports/records.ts';
import { findClaim } from '../claims/find-claim.ts';
import { CliError } from '../cli-error.ts';
import { oneLineOf } from '../display-width.ts';
import { paged } from '../paged.ts';

/** The argument of every command about one number in service. */
export const numberInServiceArgument = [
  '<number>',
  'Meta’s id of the number, its telephone number with the plus, or the id of its claim',
] as const;

type Signup = Pick<EmbeddedSignup, 'numbers' | 'claims'>;

/**
 * Meta's id of the number in service that a person means.
 *
 * @throws CliError when there is none, or when several are meant
 */
export async function findNumberInService({ numbers, claims }: Signup, given: string): Promise<string> {
  const written = given.trim();
  if (/^\d{1,20}$/.test(written)) {
    try {
      return (await numbers.find(written)).phoneNumberId;
    } catch (error) {
      if (!(error instanceof PhoneNumberMissingError)) throw error;
    }
  }
  const claim = await findClaim(claims, written, noSuchNumber);
  if (claim.phoneNumberId !== undefined) return claim.phoneNumberId;
  throw new CliError(
    `The claim of ${oneLineOf(written.slice(0, 60))} has no number yet. Look at it with \`claims show\`.`,
  );
}

const noSuchNumber = (shown: string) =>
  `No customer has a number ${shown} in service. Look at a number of the pool with \`pool show\`, and for the numbers of customers at \`claims list\`.`;

/** The live claim that owns a number. */
export async function ownerOf(
  { claims }: { claims: Pick<EmbeddedSignup['claims'], 'list'> },
  phoneNumberId: string,
): Promise<Claim | undefined> {
  // Claims that are over may be many, and newer than the live one.
  for await (const { items } of paged<Claim>((query) => claims.list({ search: phoneNumberId, ...query }))) {
    const owner = items.find((claim) => claim.phoneNumberId === phoneNumberId && isLive(claim));
    if (owner !== undefined) return owner;
  }
  return undefined;
}
