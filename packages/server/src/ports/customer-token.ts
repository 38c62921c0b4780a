import { tokenCell } from '../domain/cells.ts';
import type { Cipher } from './cipher.ts';
import type { Claim } from './records.ts';

/**
 * The token that the steps of a claim use. `undefined`, the BSP's own: Meta's word recovered the claim, and gave no token of
 * the customer's; or an operator opened it for an account of which there is none.
 *
 * @throws Error when any other claim has none: its step must not have been reached then
 * @throws CipherError
 */
export async function customerToken(
  { cipher }: { cipher: Pick<Cipher, 'open'> },
  claim: Claim,
): Promise<string | undefined> {
  if (claim.sealedToken !== undefined) return cipher.open(claim.sealedToken, tokenCell(claim.id));
  if (!mayDoWithout(claim)) throw new Error(`The claim ${claim.id} has no token.`);
  return undefined;
}

/** Whether the BSP's own token stands in where a claim has none of the customer's. */
export const mayDoWithout = ({ recoveredAt, toAttach }: Pick<Claim, 'recoveredAt' | 'toAttach'>): boolean =>
  recoveredAt !== undefined || toAttach !== undefined;
