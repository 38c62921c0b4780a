import { z } from 'zod';
import { metaId, type Endpoint } from '../graph-request.ts';
import { idValue, readSuccess, wordValue } from '../meta-values.ts';
import { pageQuery, readPage, type GraphPage, type PageInput } from '../page.ts';

/** An app that gets the account's webhooks. */
export interface SubscribedApp {
  id: string;
  name: string | undefined;
  /** Where message webhooks go instead of the app's own address. */
  overrideCallbackUri: string | undefined;
}

/** An account, and where its message webhooks are to go. */
export interface SubscribeAppInput {
  wabaId: string;
  /** Without it webhooks go to the app's own address, and an earlier override ends. */
  override?: { callbackUri: string; verifyToken: string } | undefined;
}

/**
 * `POST /<WABA_ID>/subscribed_apps` (Meta, "Webhook overrides"): the account's webhooks come to the app. Doing it twice is
 * doing it once. An override is refused while the app is not subscribed: subscribe without it first.
 */
export const subscribeApp: Endpoint<SubscribeAppInput, void> = {
  repeat: 'idempotent',
  request: ({ wabaId, override }) => {
    if (override !== undefined && override.callbackUri.length > 200) {
      throw new RangeError('graph: a callback address has at most 200 characters; nothing was sent');
    }
    return {
      action: 'subscribe the app to the account',
      method: 'POST',
      path: `/${metaId(wabaId)}/subscribed_apps`,
      body:
        override === undefined
          ? {}
          : { override_callback_uri: override.callbackUri, verify_token: override.verifyToken },
      secrets: override === undefined ? [] : [override.verifyToken],
    };
  },
  read: readSuccess,
};

/** `DELETE /<WABA_ID>/subscribed_apps`: the app gets no more webhooks of the account. */
export const unsubscribeApp: Endpoint<{ wabaId: string }, void> = {
  repeat: 'idempotent',
  request: ({ wabaId }) => ({
    action: 'unsubscribe the app from the account',
    method: 'DELETE',
    path: `/${metaId(wabaId)}/subscribed_apps`,
  }),
  read: readSuccess,
};

const subscribedApp = z
  .object({
    whatsapp_business_api_data: z.object({ id: idValue, name: wordValue }),
    override_callback_uri: wordValue,
  })
  .transform(({ whatsapp_business_api_data: { id, name }, override_callback_uri }): SubscribedApp => ({
    id,
    name,
    overrideCallbackUri: override_callback_uri,
  }));

/** `GET /<WABA_ID>/subscribed_apps`: one page of the apps that get the account's webhooks. */
export const listSubscribedApps: Endpoint<{ wabaId: string } & PageInput, GraphPage<SubscribedApp>> = {
  repeat: 'read',
  request: ({ wabaId, ...page }) => ({
    action: 'list the apps of the account',
    method: 'GET',
    path: `/${metaId(wabaId)}/subscribed_apps`,
    query: pageQuery(page),
  }),
  read: (answer) => readPage(subscribedApp, answer),
};
