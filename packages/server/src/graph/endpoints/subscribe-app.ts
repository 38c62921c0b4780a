import { idInPath, type Endpoint } from '../graph-request.ts';
import { successBody } from '../meta-values.ts';

/** `POST /<WABA_ID>/subscribed_apps`: webhooks of the account come to the app. Doing it twice is doing it once. */
export const subscribeApp: Endpoint<{ wabaId: string }, void> = {
  request: ({ wabaId }) => ({
    action: 'subscribe the app to the account',
    method: 'POST',
    path: `/${idInPath(wabaId)}/subscribed_apps`,
    body: {},
  }),
  read: (answer) => void successBody.parse(answer),
};
