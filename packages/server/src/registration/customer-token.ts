import { tokenCell } from '../domain/cells.ts';
import type { Claim } from '../ports/records.ts';
import type { RegistrationDeps } from './deps.ts';

/**
 * The customer's token of a claim.
 *
 * @throws Error when the claim has none: its step must not have been reached then
 * @throws CipherError
 */
export async function customerToken(
  { cipher }: Pick<RegistrationDeps, 'cipher'>,
  claim: Claim,
): Promise<string> {
  if (claim.sealedToken === undefined) throw new Error(`The claim ${claim.id} has no token.`);
  return cipher.open(claim.sealedToken, tokenCell(claim.id));
}
