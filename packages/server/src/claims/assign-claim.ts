import { metaId } from '@embedded-signup-kit/protocol/schemas';
import type { z } from 'zod';
import { mayDoWithout } from '../ports/customer-token.ts';
import type { Claim } from '../ports/records.ts';
import { InvalidRequestError } from '../ports/invalid-request-error.ts';
import { ClaimNotThereError, ClaimWithoutTokenError } from './claim-errors.ts';
import { isAssignable } from './claim-verb.ts';
import { byOperator, decideOn, existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';
import { exactly, given, givenName, oneLine } from '../ports/given.ts';

/** What an operator says about a claim that could not be told by itself. At least one of the three. */
export interface Assignment {
  /** The host's own id of whose it is. At most 200 characters. */
  customerId?: string | undefined;
  /** The account. Digits. */
  wabaId?: string | undefined;
  /** Meta's id of the WhatsApp phone number: not the id it had in the pool. Digits. */
  phoneNumberId?: string | undefined;
}

/** The schema of an {@link Assignment}. */
export const assignment: z.ZodType<Assignment> = exactly({
  customerId: oneLine(200).optional(),
  wabaId: metaId.optional(),
  phoneNumberId: metaId.optional(),
}).refine((body) => Object.values(body).some((value) => value !== undefined), {
  message: 'needs a customerId, a wabaId or a phoneNumberId',
});

/**
 * Says whose a claim is, or which account or number it is about, and has it proven again: Meta decides whether that is
 * so, not the operator. A claim that belongs to nobody yet needs a customer.
 *
 * @throws ClaimMissingError, ClaimNotThereError, ClaimWithoutTokenError, NumberTakenError, InvalidRequestError,
 *   StoreUnavailableError
 */
export function assignClaim({ store, clock, random, wake }: Omit<ClaimsDeps, 'cipher'>) {
  return async (claimId: string, who: string, input: Assignment): Promise<Claim> => {
    givenName(who);
    const { customerId, wabaId, phoneNumberId } = given(assignment, input);
    const claim = await existing(store, claimId);
    if (!isAssignable(claim.status)) throw new ClaimNotThereError(claim.status, 'assign');
    if (claim.customerId === '' && customerId === undefined) {
      throw new InvalidRequestError([
        { path: 'customerId', message: 'is missing: this claim belongs to nobody yet' },
      ]);
    }
    // What Meta itself, or an operator, named can be proven with the BSP's own token as well.
    if (claim.sealedToken === undefined && !mayDoWithout(claim)) throw new ClaimWithoutTokenError();
    const now = clock.now();
    // Of a claim that was opened without the popup the account is known from the start.
    const account = wabaId ?? claim.toAttach?.wabaId;
    const after = await decideOn(store, 'assign', {
      claimId,
      now,
      event: 'retried',
      patch: {
        assignedAt: now,
        ...(customerId === undefined ? {} : { customerId }),
        ...(account === undefined ? {} : { assignedWabaId: account }),
        ...(phoneNumberId === undefined ? {} : { assignedPhoneNumberId: phoneNumberId }),
      },
      reason: null,
      history: byOperator(who, `assigned: ${told({ customerId, wabaId, phoneNumberId })}`),
      work: { do: 'go', step: 'prove', workId: random.id() },
    });
    wake(claimId);
    return after;
  };
}

function told({ customerId, wabaId, phoneNumberId }: Assignment): string {
  return [
    customerId === undefined ? [] : [`customer ${customerId}`],
    wabaId === undefined ? [] : [`account ${wabaId}`],
    phoneNumberId === undefined ? [] : [`number ${phoneNumberId}`],
  ]
    .flat()
    .join(', ');
}
