import type { PreverifiedNumber } from '../../../world/numbers/preverified-number.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import { unknownNode } from '../../errors/general-errors.ts';
import { numberInUse } from '../../errors/pool-errors.ts';
import { PREVERIFIED_NUMBER_FORM } from '../../forms/preverified-number-form.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** The node's own reference prints all its fields for a call without `fields`; the list prints fewer. */
const ALL_FIELDS = Object.keys(PREVERIFIED_NUMBER_FORM.fields).join(',');

/** `GET /<PREVERIFIED_ID>`; of a claimed number only if the switch `claimedPreverified` says so. Throws GraphError 100. */
export const readPreverifiedNumber: NodeEndpoint<PreverifiedNumber> = (deps, number, { parameters }) =>
  selectFields(deps, PREVERIFIED_NUMBER_FORM, number, parameters.text('fields') ?? ALL_FIELDS);

/**
 * `DELETE /<PREVERIFIED_ID>`: takes the number out of the pool for good. The reference prints the answer's flag as
 * a string. Throws GraphError 100 for a number that was claimed: it is in use.
 */
export const deletePreverifiedNumber: NodeEndpoint<PreverifiedNumber> = ({ world, settings }, number) => {
  if (number.claimedAt !== undefined) throw numberInUse();
  world.preverifiedNumbers.delete(number.id);
  world.oneTimeCodes.delete(number.digits);
  return settings.profile === 'openapi' ? { success: 'true' } : SUCCESS;
};

/** What can be done to a number of the pool cannot be done to a claimed one. Throws GraphError 100. */
export function requireUnclaimed(method: string, number: PreverifiedNumber): void {
  if (number.claimedAt !== undefined) throw unknownNode(method, number.id);
}
