import type { World } from '../world.ts';
import type { WhatsAppAccount } from './whatsapp-account.ts';

/** The account that a business made last: an app-only install makes nothing new where there is something. */
export function newestAccountOf(world: World, businessId: string | undefined): WhatsAppAccount | undefined {
  return [...world.accounts.values()].findLast(({ ownerBusinessId }) => ownerBusinessId === businessId);
}
