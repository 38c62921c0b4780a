import type { Sms, SmsDeliveryState, SmsDescription } from '../webhooks/sms/create-sms.ts';
import type { SmsRequest } from '../webhooks/sms/sms-request.ts';

/** The controls over the provider of the BSP's telephone numbers. */
export interface SmsControl {
  /**
   * From now on codes that are sent as texts to a number of the BSP's pool, or of an account, are posted to an address
   * soon after; what still waits goes there too. `null` ends it: what waits is never handed in. Throws TypeError;
   * nothing has changed then.
   */
  setSms(request: SmsRequest | null): SmsDescription;
  /** Where texts are handed in, and how. */
  sms(): SmsDescription;
  /**
   * Tries every text that waits once, now, those before their time too, or with `onlyDue` only what is due by the
   * simulator's clock. Resolves with what was tried, once that and everything before it is over.
   */
  deliverSms(options?: { readonly onlyDue?: boolean | undefined }): Promise<readonly SmsDeliveryState[]>;
  /** Every text to be handed in so far, oldest first, with its attempts. */
  smsDeliveries(): readonly SmsDeliveryState[];
}

/** The controls over the provider of one simulated world. */
export function createSmsControl({ sms }: { readonly sms: Sms }): SmsControl {
  return {
    setSms: (request) => sms.set(request),
    sms: () => sms.describe(),
    deliverSms: ({ onlyDue = false } = {}) => sms.deliver(onlyDue ? 'due' : 'all'),
    smsDeliveries: () => sms.deliveries(),
  };
}
