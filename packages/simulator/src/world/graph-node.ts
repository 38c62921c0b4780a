import type { Settings } from '../settings.ts';
import type { Caller } from './caller.ts';
import type { Business } from './business.ts';
import { poolNumber } from './number-lookup.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { PreverifiedNumber } from './preverified-number.ts';
import type { WhatsAppAccount } from './whatsapp-account.ts';
import type { World } from './world.ts';

/** The objects of the graph, by kind. */
export interface GraphNodes {
  readonly business: Business;
  readonly preverifiedNumber: PreverifiedNumber;
  readonly account: WhatsAppAccount;
  readonly phoneNumber: PhoneNumber;
}

/** An object of the graph, with its kind. */
export type GraphNode = {
  [Kind in keyof GraphNodes]: { readonly kind: Kind; readonly node: GraphNodes[Kind] };
}[keyof GraphNodes];

/**
 * The object with this id, if it exists and the caller may see it; Meta does not tell the two apart.
 * The system user sees the BSP's business, its pool and, by a switch, what customers shared; a customer's token
 * sees that customer's business, accounts and numbers; an app token sees no object.
 */
export function findNode(
  { world, settings, now }: { world: World; settings: Settings; now: number },
  id: string,
  caller: Caller,
): GraphNode | undefined {
  const business = world.businesses.get(id);
  if (business !== undefined) {
    const own = caller.kind === 'system_user' ? settings.businessId : ownBusinessOf(caller);
    return business.id === own ? { kind: 'business', node: business } : undefined;
  }
  const preverified = poolNumber({ world, now }, id);
  if (preverified !== undefined) {
    return caller.kind === 'system_user' ? { kind: 'preverifiedNumber', node: preverified } : undefined;
  }
  const phoneNumber = world.phoneNumbers.get(id);
  const account = world.accounts.get(phoneNumber?.accountId ?? id);
  if (account === undefined) return undefined;
  const visible =
    caller.kind === 'system_user'
      ? settings.assumptions.sharedAccountsVisibleToSystemUser
      : account.ownerBusinessId === ownBusinessOf(caller);
  if (!visible) return undefined;
  return phoneNumber === undefined
    ? { kind: 'account', node: account }
    : { kind: 'phoneNumber', node: phoneNumber };
}

function ownBusinessOf(caller: Caller): string | undefined {
  return caller.kind === 'business' ? caller.token.businessId : undefined;
}
