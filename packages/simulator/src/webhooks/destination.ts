import type { PhoneNumber } from '../world/numbers/phone-number.ts';
import type { WhatsAppAccount } from '../world/businesses/whatsapp-account.ts';
import type { World } from '../world/world.ts';

/** Whom an event is about. */
export interface Subject {
  readonly field: string;
  /** Undefined when the event is about no account that the simulator knows. */
  readonly account: WhatsAppAccount | undefined;
  readonly number: PhoneNumber | undefined;
}

/** Where an event goes, or why it goes nowhere. */
export type Destination = { readonly url: string } | { readonly reason: string };

/** Reported to the app however the account is subscribed: they come before anyone could subscribe to it. */
const WITHOUT_SUBSCRIPTION = new Set(['account_update', 'business_capability_update', 'partner_solutions']);

/**
 * The callback for an event. Messages go to the override of the number, else of the account, else to the app's
 * callback; everything else always to the latter ("Override the callback URL").
 */
export function destinationOf({ webhook }: World, { field, account, number }: Subject): Destination {
  const { subscription } = webhook;
  if (subscription === undefined) return { reason: 'No webhook is set up.' };
  if (subscription.fields !== undefined && !subscription.fields.includes(field)) {
    return { reason: `The webhook is not subscribed to ${field}.` };
  }
  const open = account === undefined || WITHOUT_SUBSCRIPTION.has(field);
  if (!open && account.subscription === undefined) {
    return {
      reason: `The app is not subscribed to account ${account.id}: POST /${account.id}/subscribed_apps.`,
    };
  }
  if (field !== 'messages') return { url: subscription.url };
  return {
    url:
      number?.webhookOverride?.callbackUri ?? account?.subscription?.overrideCallbackUri ?? subscription.url,
  };
}
