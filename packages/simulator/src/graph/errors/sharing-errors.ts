import type { SharingRefusal } from '../../world/numbers/shared-number.ts';
import { invalidParameter } from './general-errors.ts';
import { GraphError } from './graph-error.ts';

const REFUSALS: Readonly<Record<SharingRefusal, GraphError>> = {
  'unknown-business': badParameter('Invalid partner_business_id: business not found or not accessible'),
  'not-a-partner': new GraphError(
    { status: 403, code: 200, message: '(#200) Permissions error' },
    {
      status: 403,
      code: 200,
      subcode: 1349175,
      message: '(#200) Cannot share with the specified business',
    },
  ),
  'no-relationship': unprocessable('Business relationship does not allow phone number sharing'),
  'not-verified': unprocessable('Phone number is not in a shareable state'),
  already: unprocessable('Phone number is already shared with the target business'),
};

/** share_preverified_numbers: the number cannot be shared with this business. Only the OpenAPI description has the bodies. */
export function notShared(refusal: SharingRefusal): GraphError {
  return REFUSALS[refusal];
}

/** share_preverified_numbers: `preverified_id` is not made of digits. */
export function malformedPreverifiedId(): GraphError {
  return badParameter('Invalid preverified_id: must be a valid numeric string');
}

/** Ending a sharing that there is not; no document names an error for it. */
export function notSharedWithPartner(): GraphError {
  return invalidParameter('preverified_id is not shared with partner_business_id');
}

/** preverified_numbers of a business that is no Solution Partner's. */
export function notEligibleForPool(): GraphError {
  return new GraphError(
    { status: 403, code: 200, message: '(#200) Permissions error' },
    { status: 422, code: 100, message: 'Business is not eligible for pre-verified phone number access' },
  );
}

function badParameter(message: string): GraphError {
  return new GraphError(
    { status: 400, code: 100, message: `(#100) ${message}` },
    { status: 400, code: 100, message },
  );
}

function unprocessable(message: string): GraphError {
  return new GraphError(
    { status: 400, code: 100, message: `(#100) ${message}` },
    { status: 422, code: 100, message },
  );
}
