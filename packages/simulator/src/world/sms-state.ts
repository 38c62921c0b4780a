import type { DeliveryAttempt } from './webhook-state.ts';

/** How a telephony provider hands in an inbound text: plain JSON, or as Twilio or Vonage document it. */
export type SmsForm = SmsGateway['form'];

/** Where the provider of the BSP's telephone numbers posts inbound texts, and what it proves itself with. */
export type SmsGateway = {
  readonly url: string;
  /** Who the texts come from. */
  readonly from: string;
  /** Whether texts are handed in by themselves; otherwise they wait for `deliverSms()`. */
  readonly auto: boolean;
} & (
  | {
      readonly form: 'json';
      /** Sent as `Authorization: Bearer …`. */
      readonly secret: string;
    }
  | {
      readonly form: 'twilio';
      /** The key of `X-Twilio-Signature`. */
      readonly authToken: string;
    }
  | {
      readonly form: 'vonage';
      readonly signatureSecret: string;
      /** HMAC-SHA256, or Vonage's "MD5 hash" over parameters and secret. */
      readonly signatureMethod: 'sha256' | 'md5';
      /** The account's HTTP method for webhooks: POST-JSON, or POST with a form. */
      readonly encoding: 'json' | 'form';
    }
);

/** A text to one of the BSP's numbers, and what became of handing it in. */
export interface SmsDelivery {
  readonly id: string;
  /** 32 hexadecimal digits in capitals: what the ids of the message are made of, the same in every attempt. */
  readonly key: string;
  /** The number that received it, digits. */
  readonly to: string;
  /** `WhatsApp code 123-456` */
  readonly text: string;
  /** When Meta sent it (ms, UTC). */
  readonly sentAt: number;
  state: 'waiting' | 'acknowledged' | 'given-up';
  attempts: DeliveryAttempt[];
  /** When it is tried next while waiting (ms, UTC). */
  nextAt: number;
}

/** Everything about the gateway that outlives a restart. */
export interface SmsState {
  gateway: SmsGateway | undefined;
  /** Oldest first. */
  deliveries: SmsDelivery[];
  /** Deliveries so far. */
  counted: number;
}

/** No gateway. */
export function createSmsState(): SmsState {
  return { gateway: undefined, deliveries: [], counted: 0 };
}
