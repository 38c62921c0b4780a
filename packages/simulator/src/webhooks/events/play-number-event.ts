import type { NameStatus } from '../../world/numbers/phone-number.ts';
import type { Moment } from '../../world/simulation.ts';
import type { Report } from '../report.ts';
import { numberWith } from './find.ts';
import { numberReport } from './number-reports.ts';
import type { SimulatorEvent } from './simulator-event.ts';

type NumberEvent = Extract<
  SimulatorEvent,
  { kind: 'phone-number-quality-update' | 'phone-number-name-update' | 'security' }
>;
type NameEvent = Extract<NumberEvent, { kind: 'phone-number-name-update' }>;

const NAME_STATUS: Readonly<Record<NameEvent['decision'], NameStatus>> = {
  APPROVED: 'APPROVED',
  DEFERRED: 'PENDING_REVIEW',
  PENDING: 'PENDING_REVIEW',
  REJECTED: 'DECLINED',
};

/** Changes a number and returns the report. Throws RangeError when there is no such number. */
export function playNumberEvent({ world }: Pick<Moment, 'world'>, event: NumberEvent): Report {
  const number = numberWith(world, event.phoneNumberId);
  if (event.kind === 'security') {
    const { requester } = event;
    return numberReport(world, number, 'security', { event: event.event, requester });
  }
  if (event.kind === 'phone-number-quality-update') {
    number.messagingLimitTier = event.tier ?? number.messagingLimitTier;
    if (event.event === 'THROUGHPUT_UPGRADE') number.throughputLevel = 'HIGH';
    return numberReport(world, number, 'phone_number_quality_update', {
      event: event.event,
      max_daily_conversations_per_business: number.messagingLimitTier,
    });
  }
  const { decision, requestedName = number.verifiedName, rejectionReason = 'UNKNOWN' } = event;
  number.nameStatus = NAME_STATUS[decision];
  if (decision === 'APPROVED') number.verifiedName = requestedName;
  return numberReport(world, number, 'phone_number_name_update', {
    decision,
    requested_verified_name: requestedName,
    rejection_reason: decision === 'REJECTED' ? rejectionReason : null,
  });
}
