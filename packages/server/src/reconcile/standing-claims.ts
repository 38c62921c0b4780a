import { minute } from '../domain/durations.ts';
import type { AccountLease } from '../ports/accounts.ts';
import type { Claim } from '../ports/records.ts';

/** A page that has begun to speak has this long to say the rest. Milliseconds. */
const pageTakes = 2 * minute;

const underWay: ReadonlySet<Claim['status']> = new Set(['received', 'proven', 'registering']);

/** Whether a claim may still come to its proof by what its page said or says. */
export function isOnItsWay({ status, recoveredAt, codeReceivedAt, createdAt }: Claim, now: number): boolean {
  return (
    (underWay.has(status) && recoveredAt === undefined) || now < (codeReceivedAt ?? createdAt) + pageTakes
  );
}

/** Whether the kit is still at a claim by itself. */
export const isUnderWay = ({ status }: Claim): boolean => underWay.has(status);

/** Whether a claim is over by an event, or by an operator's word. */
export const isOver = ({ status }: Claim): boolean => status === 'ended' || status === 'dismissed';

/** Reasons by which the kit itself put a claim away. */
const byTheKit: ReadonlySet<string | undefined> = new Set([
  'owner_found',
  'numbers_listed',
  'number_is_theirs',
]);

/**
 * Whether a claim that is over says nothing of what is on the account now: it left with its account, or Meta has spoken
 * since. What an operator dismissed stands, whatever Meta says.
 */
export function isHistory(claim: Claim, { addedAt }: AccountLease): boolean {
  if (claim.reason?.code === 'partner_removed') return true;
  const mayComeBack = claim.status === 'ended' || byTheKit.has(claim.reason?.code);
  return mayComeBack && addedAt !== undefined && addedAt > claim.updatedAt;
}

/** Whether nothing that is known of a claim is about another number. */
export function mayBeAbout(claim: Claim, phoneNumberId: string): boolean {
  const { eventData, phoneNumberId: found, assignedPhoneNumberId } = claim;
  return [eventData.phone_number_id, found, assignedPhoneNumberId].every(
    (id) => id === undefined || id === phoneNumberId,
  );
}
