import { finishKind, type FinishKind } from '../domain/finish-event.ts';
import type { Claim } from '../ports/records.ts';

/** What is said of a claim; Meta is asked whether it is so. Ids are digits. */
export interface SaidOfClaim {
  wabaId: string | undefined;
  phoneNumberId: string | undefined;
  kind: FinishKind;
}

/** An operator's word on account and number, else the session log's. */
export function saidOf({ event, eventData, assignedWabaId, assignedPhoneNumberId }: Claim): SaidOfClaim {
  const wabaId = assignedWabaId ?? eventData.waba_id;
  // The number that the session log named is of the account that it named, and of no other.
  const isOfLog = assignedWabaId === undefined || assignedWabaId === eventData.waba_id;
  const phoneNumberId = assignedPhoneNumberId ?? (isOfLog ? eventData.phone_number_id : undefined);
  const kind = finishKind(event, phoneNumberId);
  // Whoever names an account where the session log had no number expects one there.
  const isLookedFor = kind === 'without_number' && assignedWabaId !== undefined;
  return { wabaId, phoneNumberId, kind: isLookedFor ? 'number' : kind };
}
