import type { Settings } from '../../settings/settings.ts';
import { isAssigned } from '../businesses/account-users.ts';
import { businessOf, type Caller } from './caller.ts';
import { applicationOf, type Application } from '../businesses/application.ts';
import type { Business } from '../businesses/business.ts';
import type { CreditAllocation, CreditLine } from '../credit/credit.ts';
import { preverifiedNode } from '../numbers/number-lookup.ts';
import type { PhoneNumber } from '../numbers/phone-number.ts';
import type { PreverifiedNumber } from '../numbers/preverified-number.ts';
import { allocationFor } from '../credit/share-credit.ts';
import { seesNumber } from '../numbers/shared-number.ts';
import type { WhatsAppAccount } from '../businesses/whatsapp-account.ts';
import type { World } from '../world.ts';

/** The objects of the graph, by kind. */
export interface GraphNodes {
  readonly business: Business;
  readonly preverifiedNumber: PreverifiedNumber;
  readonly account: WhatsAppAccount;
  readonly phoneNumber: PhoneNumber;
  readonly creditLine: CreditLine;
  readonly creditAllocation: CreditAllocation;
  readonly application: Application;
}

/** An object of the graph, with its kind. */
export type GraphNode = {
  [Kind in keyof GraphNodes]: { readonly kind: Kind; readonly node: GraphNodes[Kind] };
}[keyof GraphNodes];

interface Deps {
  readonly world: World;
  readonly settings: Settings;
  /** ms, UTC. */
  readonly now: number;
}

/**
 * The object with this id, if it exists and the caller may see it; Meta does not tell the two apart.
 * A partner's system user and admin see its business, its pool, what others share with it and its credit; the BSP's
 * also their customers' businesses and, the system user by a switch, accounts. A customer's token sees that customer's
 * business, accounts and numbers, and a credit line shared with it. Everyone sees the app; an app token sees no other
 * object.
 */
export function findNode(deps: Deps, id: string, caller: Caller): GraphNode | undefined {
  const { world, settings, now } = deps;
  if (id === settings.appId) return { kind: 'application', node: applicationOf(settings) };
  const own = businessOf(caller);
  if (own === undefined) return undefined;
  const business = world.businesses.get(id);
  if (business !== undefined) {
    const visible = id === own || (isOfPartner(caller) && clientAccounts(deps, own, id).length > 0);
    return visible ? { kind: 'business', node: business } : undefined;
  }
  const preverified = preverifiedNode({ world, now, assumptions: settings.assumptions }, id);
  if (preverified !== undefined) {
    const visible = isOfPartner(caller) && seesNumber(world, own, preverified);
    return visible ? { kind: 'preverifiedNumber', node: preverified } : undefined;
  }
  const line = world.creditLines.get(id);
  if (line !== undefined) {
    const visible = line.ownerBusinessId === own || allocationFor(world, id, own) !== undefined;
    return visible ? { kind: 'creditLine', node: line } : undefined;
  }
  const allocation = world.creditAllocations.get(id);
  if (allocation !== undefined) {
    const visible = world.creditLines.get(allocation.creditLineId)?.ownerBusinessId === own;
    return visible ? { kind: 'creditAllocation', node: allocation } : undefined;
  }
  const phoneNumber = world.phoneNumbers.get(id);
  const account = world.accounts.get(phoneNumber?.accountId ?? id);
  if (account === undefined || !seesAccount(deps, caller, account)) return undefined;
  return phoneNumber === undefined
    ? { kind: 'account', node: account }
    : { kind: 'phoneNumber', node: phoneNumber };
}

/**
 * An account by its id, if it is shared with the caller's business, whether or not the caller was assigned to it: what
 * assigning users acts on.
 */
export function findSharedAccount(deps: Deps, id: string, caller: Caller): GraphNode | undefined {
  const account = deps.world.accounts.get(id);
  const own = isOfPartner(caller) ? businessOf(caller) : undefined;
  if (account === undefined || own === undefined) return undefined;
  return clientAccounts(deps, own).includes(account) ? { kind: 'account', node: account } : undefined;
}

/** The accounts that customers, or one of them, share with a partner, oldest first. All sign up with the BSP. */
export function clientAccounts(
  { world, settings }: Pick<Deps, 'world' | 'settings'>,
  partnerBusinessId: string,
  ownerBusinessId?: string,
): WhatsAppAccount[] {
  if (partnerBusinessId !== settings.businessId) return [];
  return [...world.accounts.values()].filter(
    (account) =>
      account.removedAt === undefined &&
      (ownerBusinessId === undefined || account.ownerBusinessId === ownerBusinessId),
  );
}

/** Whether this was a number of an account that the caller sees, until its admin deleted it. */
export function isDeletedNumber(deps: Deps, id: string, caller: Caller): boolean {
  const deleted = deps.world.deletedNumbers.get(id);
  return deleted !== undefined && findNode(deps, deleted.accountId, caller) !== undefined;
}

function seesAccount({ world, settings }: Deps, caller: Caller, account: WhatsAppAccount): boolean {
  if (account.removedAt !== undefined) return false;
  if (caller.kind === 'business') return account.ownerBusinessId === caller.token.businessId;
  if (caller.kind === 'app' || caller.businessId !== settings.businessId) return false;
  if (caller.kind === 'user') return true;
  return (
    settings.assumptions.sharedAccountsVisibleToSystemUser || isAssigned(world, account.id, caller.userId)
  );
}

function isOfPartner(caller: Caller): boolean {
  return caller.kind === 'system_user' || caller.kind === 'user';
}
