import type { Simulator } from '../../src/index.ts';
import { graph, text } from './graph-client.ts';
import { onboarded } from './playground.ts';

/** A customer of the partner whose number can send and get messages. */
export type Sender = Awaited<ReturnType<typeof sender>>;

/** A customer with a registered number, and the app subscribed to their account unless told otherwise. */
export async function sender(simulator: Simulator, { subscribe = true } = {}) {
  const customer = await onboarded(simulator);
  const { wabaId, phoneNumberId, token } = customer;
  const json = { messaging_product: 'whatsapp', pin: '123456' };
  await graph(simulator, `POST /v26.0/${phoneNumberId}/register`, { token, json });
  if (subscribe) await graph(simulator, `POST /v26.0/${wabaId}/subscribed_apps`, { token });
  return customer;
}

/** Sends a text, with changes to the request of the guide's sample. */
export function send(
  simulator: Simulator,
  { phoneNumberId, token }: Pick<Sender, 'phoneNumberId' | 'token'>,
  changes: Readonly<Record<string, unknown>> = {},
) {
  const json = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: '+16505551234',
    type: 'text',
    text: { preview_url: false, body: 'Your latest statement is attached. See... ' },
    ...changes,
  };
  return graph(simulator, `POST /v26.0/${phoneNumberId}/messages`, { token, json });
}

/** Sends a text and returns its id. */
export async function sent(...request: Parameters<typeof send>): Promise<string> {
  return text((await send(...request)).body, 'messages', 0, 'id');
}
