import type { PhoneNumber, WebhookOverride } from '../../../world/numbers/phone-number.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import { nestedParameter } from '../../call/nested-parameter.ts';
import type { Parameters } from '../../call/parameters.ts';
import { invalidParameter, missingParameter } from '../../errors/general-errors.ts';
import { PHONE_NUMBER_FORM } from '../../forms/phone-number-form.ts';
import { selectFields } from '../../forms/select-fields.ts';
import { readPin } from './read-pin.ts';

/** `GET /<PHONE_NUMBER_ID>`. Throws GraphError 100 for an unknown field. */
export const readPhoneNumber: NodeEndpoint<PhoneNumber> = (deps, number, { parameters }) =>
  selectFields(deps, PHONE_NUMBER_FORM, number, parameters.text('fields'));

/**
 * `POST /<PHONE_NUMBER_ID>`: sets the two-step PIN with `pin`, or where the number's webhooks go with
 * `webhook_configuration`. Throws GraphError 100; nothing has changed then.
 */
export const updatePhoneNumber: NodeEndpoint<PhoneNumber> = (_deps, number, { parameters }) => {
  const pin = parameters.text('pin');
  const webhooks = nestedParameter(parameters, 'webhook_configuration');
  if (pin === undefined && webhooks === undefined) throw missingParameter('pin or webhook_configuration');
  const checked = pin === undefined ? number.pin : readPin(pin);
  number.webhookOverride = webhooks === undefined ? number.webhookOverride : readOverride(webhooks);
  number.pin = checked;
  return SUCCESS;
};

/** An empty address ends the override. */
function readOverride(webhooks: Parameters): WebhookOverride | undefined {
  if (webhooks.values['override_callback_uri'] === '') return undefined;
  const callbackUri = webhooks.required('override_callback_uri');
  const verifyToken = webhooks.required('verify_token');
  if (callbackUri.length > 200) throw invalidParameter('override_callback_uri is longer than 200');
  return { callbackUri, verifyToken };
}
