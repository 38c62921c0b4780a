import type { Moment } from '../simulation.ts';
import type { WhatsAppAccount } from './whatsapp-account.ts';
import type { Disconnection } from '../world-event.ts';

/** Ends the partner's access to an account: its tokens see neither account nor numbers any more, and get no webhooks. */
export function endAccess({ now }: Pick<Moment, 'now'>, account: WhatsAppAccount): void {
  account.removedAt ??= now;
  account.subscription = undefined;
}

/** The customer removes the partner from an account; `phoneNumberId` when the WhatsApp Business app did it. */
export function removePartner(
  moment: Moment,
  account: WhatsAppAccount,
  {
    phoneNumberId,
    disconnection,
  }: { phoneNumberId: string | undefined; disconnection: Disconnection | undefined },
): void {
  endAccess(moment, account);
  moment.tell({ kind: 'partner-removed', accountId: account.id, phoneNumberId, disconnection });
}
