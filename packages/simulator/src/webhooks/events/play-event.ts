import { changeIdentity } from '../../world/messages/customer-identity.ts';
import { parsePhoneNumber } from '../../phone/phone-number.ts';
import { numberLimitOf } from '../../world/numbers/number-limit.ts';
import { receiveMessage } from '../../world/messages/receive-message.ts';
import { endAccess, removePartner } from '../../world/businesses/remove-partner.ts';
import type { Simulation, Moment } from '../../world/simulation.ts';
import type { Report } from '../report.ts';
import {
  accountUpdate,
  partnerAdded,
  partnerAppInstalled,
  partnerAppUninstalled,
  partnerUpdate,
} from './account-reports.ts';
import { accountUpdateValue, isOfBusiness } from './account-update-events.ts';
import { capabilityUpdate } from './capability-report.ts';
import { accountWith, numberWith } from './find.ts';
import { playNumberEvent } from './play-number-event.ts';
import { playStatus } from './play-status.ts';
import type { SimulatorEvent } from './simulator-event.ts';

/** The world at one time, with the settings. */
export interface PlayDeps extends Moment, Pick<Simulation, 'settings'> {}

type EventOf<Kind extends SimulatorEvent['kind']> = Extract<SimulatorEvent, { kind: Kind }>;

/**
 * Makes an event happen: changes the world and returns what is to be reported, besides what the world tells itself.
 * Throws RangeError for ids that do not exist and for words that Meta does not use; nothing has happened then.
 */
export function playEvent(deps: PlayDeps, event: SimulatorEvent): Report[] {
  const { world, assumptions, settings } = deps;
  switch (event.kind) {
    case 'partner-added':
      return [partnerAdded(deps, accountWith(world, event.wabaId), event)];
    case 'partner-removed':
      playRemoval(deps, event);
      return [];
    case 'partner-app-installed': {
      const shape = event.shape ?? assumptions.partnerAppEventShape;
      return [partnerAppInstalled(deps, accountWith(world, event.wabaId), shape)];
    }
    case 'partner-app-uninstalled': {
      const account = accountWith(world, event.wabaId);
      endAccess(deps, account);
      return [partnerAppUninstalled(deps, account, event.shape ?? assumptions.partnerAppEventShape)];
    }
    case 'account-update':
      return [playAccountUpdate(deps, event)];
    case 'account-review-update': {
      const account = accountWith(world, event.wabaId);
      const value = { decision: event.decision };
      return [{ ...accountUpdate(account, value), field: 'account_review_update' }];
    }
    case 'business-capability-update': {
      const account = accountWith(world, event.wabaId);
      const maxPhoneNumbers = event.maxPhoneNumbers ?? numberLimitOf(world, account.ownerBusinessId);
      return [capabilityUpdate(deps, account, { tier: event.tier ?? 'TIER_250', maxPhoneNumbers })];
    }
    case 'phone-number-quality-update':
    case 'phone-number-name-update':
    case 'security':
      return [playNumberEvent(deps, event)];
    case 'partner-solution': {
      const value = { event: event.event, solution_id: event.solutionId, solution_status: event.status };
      return [{ field: 'partner_solutions', entryId: settings.businessId, value, ...NOBODY }];
    }
    case 'message':
      playMessage(deps, event);
      return [];
    case 'message-status':
      playStatus(deps, event);
      return [];
    case 'identity-changed':
      changeIdentity(deps, waIdOf('waId', event.waId));
      return [];
    case 'raw':
      return [{ field: event.field, entryId: event.entryId, value: event.value, ...NOBODY }];
  }
}

const NOBODY = { account: undefined, number: undefined };

function playRemoval(deps: PlayDeps, event: EventOf<'partner-removed'>): void {
  const { wabaId, phoneNumberId, reason, initiatedBy = 'USER' } = event;
  const account = accountWith(deps.world, wabaId);
  if (phoneNumberId !== undefined && numberWith(deps.world, phoneNumberId).accountId !== wabaId) {
    throw new RangeError(`The phone number "${phoneNumberId}" is not on account "${wabaId}".`);
  }
  const disconnection = reason === undefined ? undefined : { reason, initiatedBy };
  removePartner(deps, account, { phoneNumberId, disconnection });
}

function playAccountUpdate(deps: PlayDeps, { wabaId, event, details }: EventOf<'account-update'>): Report {
  const account = accountWith(deps.world, wabaId);
  const value = accountUpdateValue({ account, now: deps.now }, event, details);
  if (event === 'ACCOUNT_DELETED') endAccess(deps, account);
  return isOfBusiness(event) ? partnerUpdate(deps, account, value) : accountUpdate(account, value);
}

function playMessage(deps: PlayDeps, { phoneNumberId, from, text, name }: EventOf<'message'>): void {
  const number = numberWith(deps.world, phoneNumberId);
  if (number.registeredAt === undefined) {
    throw new RangeError(`Nobody can write to "${phoneNumberId}" before it is registered.`);
  }
  receiveMessage(deps, { phoneNumberId, waId: waIdOf('from', from), text, name });
}

function waIdOf(name: string, text: string): string {
  const digits = parsePhoneNumber(text);
  if (digits === undefined) throw new RangeError(`${name} is not an international phone number`);
  return digits;
}
