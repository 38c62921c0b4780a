import type { Json } from '../../json.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { WhatsAppAccount } from '../../world/businesses/whatsapp-account.ts';
import type { WorldEvent } from '../../world/world-event.ts';
import type { Report } from '../report.ts';

type Deps = Pick<Simulation, 'settings' | 'world'>;

/** Which shape to give an event whose examples misplace `object` and `field`. */
export type PartnerAppShape = 'example' | 'regular' | 'without-waba-info';

/** An `account_update` whose entry is the account. */
export function accountUpdate(account: WhatsAppAccount, value: Json): Report {
  return { field: 'account_update', entryId: account.id, value, account, number: undefined };
}

/** An `account_update` whose entry is a business portfolio, as for everything that a partner is told of customers. */
export function partnerUpdate(
  { settings }: Pick<Deps, 'settings'>,
  account: WhatsAppAccount,
  value: Json,
): Report {
  const ofPartner = settings.assumptions.partnerEventEntry === 'partner';
  return {
    ...accountUpdate(account, value),
    entryId: ofPartner ? settings.businessId : account.ownerBusinessId,
  };
}

/** The `waba_info` that names an account and its owner. */
export function wabaInfoOf({ id, ownerBusinessId }: WhatsAppAccount) {
  return { waba_id: id, owner_business_id: ownerBusinessId };
}

/** Members of `waba_info` that only Multi-Partner Solutions have. */
export interface SolutionInfo {
  readonly solutionId?: string | undefined;
  readonly solutionPartnerBusinessIds?: readonly string[] | undefined;
}

/** PARTNER_ADDED: a customer shared an account. It names no phone number. */
export function partnerAdded(deps: Deps, account: WhatsAppAccount, solution: SolutionInfo = {}): Report {
  return partnerUpdate(deps, account, {
    event: 'PARTNER_ADDED',
    waba_info: {
      ...wabaInfoOf(account),
      solution_id: solution.solutionId,
      solution_partner_business_ids: solution.solutionPartnerBusinessIds,
    },
  });
}

/**
 * PARTNER_REMOVED in one of its two shapes: with `waba_info`, or (coexistence) with the number alone and the account
 * as the entry.
 */
export function partnerRemoved(
  deps: Deps,
  account: WhatsAppAccount,
  { phoneNumberId, disconnection }: Extract<WorldEvent, { kind: 'partner-removed' }>,
): Report {
  const event = 'PARTNER_REMOVED';
  const number = phoneNumberId === undefined ? undefined : deps.world.phoneNumbers.get(phoneNumberId);
  if (number !== undefined) return accountUpdate(account, { event, phone_number: number.digits });
  const disconnection_info = disconnection && {
    reason: disconnection.reason,
    initiated_by: disconnection.initiatedBy,
  };
  return partnerUpdate(deps, account, { event, waba_info: wabaInfoOf(account), disconnection_info });
}

/** PARTNER_APP_INSTALLED: its example has `field` and `object` on the entry. */
export function partnerAppInstalled(deps: Deps, account: WhatsAppAccount, shape: PartnerAppShape): Report {
  const value = { event: 'PARTNER_APP_INSTALLED', waba_info: withApp(deps, account) };
  return { ...partnerUpdate(deps, account, value), shape: shape === 'example' ? 'on-entry' : 'regular' };
}

/** PARTNER_APP_UNINSTALLED: one example has `field` and `object` inside the value, another has no `waba_info`. */
export function partnerAppUninstalled(deps: Deps, account: WhatsAppAccount, shape: PartnerAppShape): Report {
  const waba_info = shape === 'without-waba-info' ? undefined : withApp(deps, account);
  const report = partnerUpdate(deps, account, { event: 'PARTNER_APP_UNINSTALLED', waba_info });
  return { ...report, shape: shape === 'example' ? 'in-value' : 'regular' };
}

function withApp({ settings }: Deps, account: WhatsAppAccount) {
  return { ...wabaInfoOf(account), partner_app_id: settings.appId };
}
