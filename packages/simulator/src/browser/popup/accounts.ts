import { newestAccountOf } from '../../world/businesses/newest-account.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { World } from '../../world/world.ts';
import type { Dialog } from './dialog.ts';

/** The WhatsApp accounts that the page filled in, whoever owns them. */
export function prefilledAccounts(world: World, { launch }: Dialog): WhatsAppAccount[] {
  return launch.prefill.accountIds.flatMap((id) => world.accounts.get(id) ?? []);
}

/**
 * The account that is used instead of a new one: a pre-filled one of the chosen business, which is the person's; for an
 * app-only install, which makes nothing new, else the newest one the business has.
 */
export function existingAccount(world: World, dialog: Dialog): WhatsAppAccount | undefined {
  const { business, launch } = dialog;
  if (business?.kind !== 'existing') return undefined;
  const prefilled = prefilledAccounts(world, dialog).find(
    ({ ownerBusinessId }) => ownerBusinessId === business.id,
  );
  if (prefilled !== undefined || !launch.features.appOnly) return prefilled;
  return newestAccountOf(world, business.id);
}
