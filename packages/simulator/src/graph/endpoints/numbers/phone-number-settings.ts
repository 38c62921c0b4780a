import type { PhoneNumber } from '../../../world/numbers/phone-number.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import { nestedParameter } from '../../call/nested-parameter.ts';
import { invalidParameter, missingParameter } from '../../errors/general-errors.ts';
import { GraphError } from '../../errors/graph-error.ts';

const FEATURES = ['user_identity_change', 'calling', 'payload_encryption', 'storage_configuration'];

/**
 * `POST /<PHONE_NUMBER_ID>/settings`: turns the identity change check on or off. The guide names the flag
 * `enable_identity_key_check`, the OpenAPI description `enabled`, which only its profile takes. One feature per
 * call; the others are known but cannot be changed here. Throws GraphError 100.
 */
export const changeSettings: NodeEndpoint<PhoneNumber> = ({ settings }, number, { parameters }) => {
  const named = FEATURES.filter((feature) => parameters.values[feature] !== undefined);
  const [feature] = named;
  if (feature === undefined || named.length > 1) throw oneFeatureOnly();
  const change = nestedParameter(parameters, feature);
  if (change === undefined) throw oneFeatureOnly();
  if (feature !== 'user_identity_change')
    throw invalidParameter(`${feature} cannot be changed for this number`);
  const flags = ['true', 'false'] as const;
  const enabled =
    change.oneOf('enable_identity_key_check', flags) ??
    (settings.profile === 'openapi' ? change.oneOf('enabled', flags) : undefined);
  if (enabled === undefined) throw missingParameter('enable_identity_key_check');
  number.identityKeyCheck = enabled === 'true';
  return SUCCESS;
};

/** `GET /<PHONE_NUMBER_ID>/settings`: calling, payload encryption and storage; the identity check is not told. */
export const readSettings: NodeEndpoint<PhoneNumber> = (_deps, { dataRegion }) => ({
  calling: { status: 'DISABLED' },
  payload_encryption: { status: 'DISABLED' },
  storage_configuration: {
    status: dataRegion === undefined ? 'DEFAULT' : 'IN_COUNTRY_STORAGE_ENABLED',
    data_localization_region: dataRegion,
  },
});

function oneFeatureOnly(): GraphError {
  return new GraphError({ status: 400, code: 100, message: '(#100) One feature setting must be specified' });
}
