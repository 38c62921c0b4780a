import { e164Of } from '../../phone/phone-number.ts';
import type { SmsDelivery, SmsGateway } from '../../world/sms-state.ts';
import type { TextRequest } from './text-request.ts';
import { twilioRequest } from './twilio-request.ts';
import { vonageRequest } from './vonage-request.ts';

/** A text as the provider hands it in at `now` (ms, UTC). */
export function writeText(gateway: SmsGateway, text: SmsDelivery, now: number): TextRequest {
  if (gateway.form === 'twilio') return twilioRequest(gateway, text);
  if (gateway.form === 'vonage') return vonageRequest(gateway, text, now);
  const { secret, from } = gateway;
  return {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ to: e164Of(text.to), from, body: text.text }),
  };
}
