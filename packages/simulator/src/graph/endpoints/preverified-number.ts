import type { PreverifiedNumber } from '../../world/preverified-number.ts';
import { SUCCESS, type NodeEndpoint } from '../call/graph-call.ts';
import { PREVERIFIED_NUMBER_FORM } from '../forms/preverified-number-form.ts';
import { selectFields } from '../forms/select-fields.ts';

/** `GET /<PREVERIFIED_ID>`. Throws GraphError 100 for an unknown field. */
export const readPreverifiedNumber: NodeEndpoint<PreverifiedNumber> = (deps, number, { parameters }) =>
  selectFields(deps, PREVERIFIED_NUMBER_FORM, number, parameters.text('fields'));

/** `DELETE /<PREVERIFIED_ID>`: takes the number out of the pool for good. */
export const deletePreverifiedNumber: NodeEndpoint<PreverifiedNumber> = ({ world }, number) => {
  world.preverifiedNumbers.delete(number.id);
  world.oneTimeCodes.delete(number.digits);
  return SUCCESS;
};
