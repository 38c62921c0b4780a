import { WEBHOOK_FIELDS } from '../../../world/webhook-fields.ts';
import type { Application } from '../../../world/businesses/application.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { APPLICATION_FORM } from '../../forms/application-form.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** `GET /<APP_ID>`. */
export const readApplication: NodeEndpoint<Application> = (deps, application, { parameters }) =>
  selectFields(deps, APPLICATION_FORM, application, parameters.text('fields'));

/** `GET /<APP_ID>/subscriptions`: the app's webhook with the fields that are ticked ("App Subscriptions"). */
export const listSubscriptions: NodeEndpoint<Application> = ({ world }) => {
  const { subscription } = world.webhook;
  if (subscription === undefined) return { data: [] };
  const { url, fields = WEBHOOK_FIELDS, version } = subscription;
  const ticked = fields.map((name) => ({ name, version }));
  return {
    data: [{ object: 'whatsapp_business_account', callback_url: url, active: true, fields: ticked }],
  };
};
