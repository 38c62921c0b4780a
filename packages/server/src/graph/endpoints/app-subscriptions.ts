import { z } from 'zod';
import type { AppSubscription } from '../../ports/preflight.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { flagValue, wordValue } from '../meta-values.ts';

/** A field with its version, or only its name: both were seen. */
const field = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);

const subscription = z
  .object({
    object: z.string(),
    callback_url: wordValue,
    active: flagValue,
    fields: z.array(z.unknown()).catch([]),
  })
  .transform(({ object, callback_url, active, fields }): AppSubscription => ({
    object,
    callbackUrl: callback_url,
    active: active === true,
    fields: fields.flatMap((one) => {
      const read = field.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  }));

const body = z.object({ data: z.array(subscription) });

/** `GET /<APP_ID>/subscriptions`, with the app's own token: what the app is subscribed to, and where it is sent. */
export const listAppSubscriptions: Endpoint<{ appId: string }, AppSubscription[]> = {
  repeat: 'read',
  request: ({ appId }) => ({
    action: 'list the webhook subscriptions of the app',
    method: 'GET',
    path: `/${metaId(appId)}/subscriptions`,
  }),
  read: (answer) => body.parse(answer).data,
};
