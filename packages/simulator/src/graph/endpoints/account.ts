import { digitsOf } from '../../phone/phone-number.ts';
import type { WhatsAppAccount } from '../../world/whatsapp-account.ts';
import { invalidParameter } from '../errors/general-errors.ts';
import { SUCCESS, type NodeEndpoint } from '../call/graph-call.ts';
import { ACCOUNT_FORM } from '../forms/account-form.ts';
import { PHONE_NUMBER_FORM } from '../forms/phone-number-form.ts';
import { pageOf } from '../forms/page-of.ts';
import { overrideBeforeSubscription } from '../errors/phone-errors.ts';
import { selectFields } from '../forms/select-fields.ts';

/** `GET /<WABA_ID>`. */
export const readAccount: NodeEndpoint<WhatsAppAccount> = (deps, account, { parameters }) =>
  selectFields(deps, ACCOUNT_FORM, account, parameters.text('fields'));

/**
 * `GET /<WABA_ID>/phone_numbers`: the account's numbers, last onboarded first unless `sort` ends in `asc` or
 * `ascending` (two spellings are documented). `display_phone_number` filters by digits, as the guide promises.
 */
export const listPhoneNumbers: NodeEndpoint<WhatsAppAccount> = (deps, account, call) => {
  const { parameters } = call;
  const wanted = parameters.text('display_phone_number');
  const numbers = [...deps.world.phoneNumbers.values()].filter(
    ({ accountId, digits }) =>
      accountId === account.id && (wanted === undefined || digits === digitsOf(wanted)),
  );
  const oldestFirst = /[._]asc/.test(parameters.text('sort') ?? '');
  const fields = parameters.text('fields');
  return pageOf(deps, call, oldestFirst ? numbers : numbers.toReversed(), (number) =>
    selectFields(deps, PHONE_NUMBER_FORM, number, fields),
  );
};

/**
 * `POST /<WABA_ID>/subscribed_apps`: subscribes the app to the account's webhooks; again and again if it likes.
 * `override_callback_uri` needs `verify_token` and an earlier plain subscription. Throws GraphError 100.
 */
export const subscribeApp: NodeEndpoint<WhatsAppAccount> = (_deps, account, { parameters }) => {
  const overrideCallbackUri = parameters.text('override_callback_uri');
  if (overrideCallbackUri !== undefined) {
    parameters.required('verify_token');
    if (overrideCallbackUri.length > 200) throw invalidParameter('override_callback_uri is longer than 200');
    if (account.subscription === undefined) throw overrideBeforeSubscription();
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
              name: 'Simulated app',
              id: settings.appId,
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
