import { applicationOf } from '../../../world/businesses/application.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import { invalidParameter, missingParameter } from '../../errors/general-errors.ts';
import { SUCCESS, type NodeEndpoint } from '../../call/graph-call.ts';
import { ACCOUNT_FORM } from '../../forms/account-form.ts';
import { overrideBeforeSubscription } from '../../errors/phone-errors.ts';
import { selectFields } from '../../forms/select-fields.ts';

/** `GET /<WABA_ID>`. */
export const readAccount: NodeEndpoint<WhatsAppAccount> = (deps, account, { parameters }) =>
  selectFields(deps, ACCOUNT_FORM, account, parameters.text('fields'));

/**
 * `POST /<WABA_ID>/subscribed_apps`: subscribes the app to the account's webhooks; again and again if it likes.
 * `override_callback_uri` needs `verify_token` and an earlier plain subscription; without both, an override ends.
 * Throws GraphError 100.
 */
export const subscribeApp: NodeEndpoint<WhatsAppAccount> = (_deps, account, { parameters }) => {
  const overrideCallbackUri = parameters.text('override_callback_uri');
  if (overrideCallbackUri !== undefined) {
    parameters.required('verify_token');
    if (overrideCallbackUri.length > 200) throw invalidParameter('override_callback_uri is longer than 200');
    if (!/^https?:\/\//.test(overrideCallbackUri) || !URL.canParse(overrideCallbackUri)) {
      throw invalidParameter('override_callback_uri is not an address');
    }
    if (account.subscription === undefined) throw overrideBeforeSubscription();
  } else if (parameters.text('verify_token') !== undefined) {
    throw missingParameter('override_callback_uri');
  }
  account.subscription = { overrideCallbackUri };
  return SUCCESS;
};

/** `GET /<WABA_ID>/subscribed_apps`. */
export const listSubscribedApps: NodeEndpoint<WhatsAppAccount> = ({ settings }, { subscription }) => ({
  data:
    subscription === undefined
      ? []
      : [
          {
            whatsapp_business_api_data: {
              link: `https://www.facebook.com/games/?app_id=${settings.appId}`,
              ...applicationOf(settings),
            },
            override_callback_uri: subscription.overrideCallbackUri,
          },
        ],
});

/** `DELETE /<WABA_ID>/subscribed_apps`. */
export const unsubscribeApp: NodeEndpoint<WhatsAppAccount> = (_deps, account) => {
  account.subscription = undefined;
  return SUCCESS;
};
