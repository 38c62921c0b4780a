import { idInPath, type Endpoint } from '../graph-request.ts';
import { successBody } from '../meta-values.ts';

/**
 * `POST /<PHONE_NUMBER_ID>/register` (Meta, "Registration"). Ten calls per number in 72 hours, counted whatever
 * their outcome; the PIN becomes the number's two-step PIN when it has none.
 */
export const registerNumber: Endpoint<{ phoneNumberId: string; pin: string }, void> = {
  request: ({ phoneNumberId, pin }) => ({
    action: 'register the number',
    method: 'POST',
    path: `/${idInPath(phoneNumberId)}/register`,
    body: { messaging_product: 'whatsapp', pin },
  }),
  read: (answer) => void successBody.parse(answer),
};
