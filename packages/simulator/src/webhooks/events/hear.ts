import { numberLimitOf } from '../../world/numbers/number-limit.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { WorldEvent } from '../../world/world-event.ts';
import type { Report } from '../report.ts';
import { partnerAdded, partnerAppInstalled, partnerRemoved } from './account-reports.ts';
import { capabilityUpdate } from './capability-report.ts';
import { incomingMessage, messageStatus, type MessageParties } from './message-reports.ts';

/** What hearing needs: the world at one time. */
export interface HearDeps extends Pick<Simulation, 'settings' | 'world'> {
  /** ms, UTC. */
  readonly now: number;
}

/** What Meta reports by itself about something that happened. */
export function hear(deps: HearDeps, event: WorldEvent): Report[] {
  const { world, settings, now } = deps;
  if (event.kind === 'code-sent') return [];
  if (event.kind === 'signed-up') return signedUp(deps, event);
  if (event.kind === 'capability-changed') return capabilityChanged(deps, event.businessId);
  if (event.kind === 'partner-removed') {
    const account = world.accounts.get(event.accountId);
    return account === undefined ? [] : [partnerRemoved(deps, account, event)];
  }
  const parties = partiesOf(deps, event.messageId);
  if (parties === undefined) return [];
  if (event.kind === 'message-received') return [incomingMessage(parties)];
  const version = world.webhook.subscription?.version ?? settings.graphVersions.at(-1) ?? '';
  return [messageStatus(parties, event, { now, version })];
}

function signedUp(deps: HearDeps, event: Extract<WorldEvent, { kind: 'signed-up' }>): Report[] {
  const { world, settings } = deps;
  const { assumptions } = settings;
  const account = world.accounts.get(event.accountId);
  if (account === undefined) return [];
  const reports =
    event.finish === 'FINISH_GRANT_ONLY_API_ACCESS'
      ? [partnerAppInstalled(deps, account, assumptions.partnerAppEventShape)]
      : [partnerAdded(deps, account)];
  if (event.createdAccount === false) return reports;
  const maxPhoneNumbers = numberLimitOf(world, account.ownerBusinessId);
  return [capabilityUpdate({ assumptions }, account, { tier: 'TIER_250', maxPhoneNumbers }), ...reports];
}

/** Told for each account of the business that the partner sees. */
function capabilityChanged({ world, settings }: HearDeps, businessId: string): Report[] {
  const maxPhoneNumbers = numberLimitOf(world, businessId);
  const shared = [...world.accounts.values()].filter(
    ({ ownerBusinessId, removedAt }) => ownerBusinessId === businessId && removedAt === undefined,
  );
  const { assumptions } = settings;
  return shared.map((account) =>
    capabilityUpdate({ assumptions }, account, { tier: 'TIER_250', maxPhoneNumbers }),
  );
}

function partiesOf({ world }: HearDeps, messageId: string): MessageParties | undefined {
  const message = world.messages.get(messageId);
  if (message === undefined) return undefined;
  const number = world.phoneNumbers.get(message.phoneNumberId);
  const customer = world.customers.get(message.waId);
  return number && customer && { world, message, number, customer };
}
