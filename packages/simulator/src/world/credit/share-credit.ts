import type { CreditAllocation, CreditCurrency, CreditLine } from './credit.ts';
import type { Moment } from '../simulation.ts';
import type { WhatsAppAccount } from '../businesses/whatsapp-account.ts';
import type { World } from '../world.ts';

/** The share of a line that a business has and that was not taken back. */
export function allocationFor(
  world: World,
  creditLineId: string,
  businessId: string,
): CreditAllocation | undefined {
  return [...world.creditAllocations.values()].find(
    (allocation) =>
      allocation.creditLineId === creditLineId &&
      allocation.receivingBusinessId === businessId &&
      allocation.revokedAt === undefined,
  );
}

/** Shares a line with a business; the same share when it has one already. */
export function shareCredit(
  { world, ids }: Pick<Moment, 'world' | 'ids'>,
  line: CreditLine,
  receivingBusinessId: string,
): CreditAllocation {
  const known = allocationFor(world, line.id, receivingBusinessId);
  if (known !== undefined) return known;
  world.created += 1;
  const allocation: CreditAllocation = {
    id: ids.objectId(),
    sequence: world.created,
    creditLineId: line.id,
    receivingBusinessId,
    receivingCredentialId: ids.objectId(),
    revokedAt: undefined,
  };
  world.creditAllocations.set(allocation.id, allocation);
  return allocation;
}

/**
 * Whether a line can be attached to an account in this currency. "Credit lines cannot be changed after being attached"
 * (credit lines page); for the same line in the same currency once more there is the switch `creditAttachedAgain`.
 */
export function canAttachCredit(
  { world, assumptions }: Pick<Moment, 'world' | 'assumptions'>,
  { credit }: WhatsAppAccount,
  line: CreditLine,
  currency: CreditCurrency,
): boolean {
  if (credit === undefined) return true;
  if (credit.creditLineId !== line.id || credit.currency !== currency) return false;
  const isActive = world.creditAllocations.get(credit.allocationId)?.revokedAt === undefined;
  return !isActive || assumptions.creditAttachedAgain === 'accepted';
}

/** The allocation that pays for an account now. */
export function fundingOf(world: World, { credit }: WhatsAppAccount): CreditAllocation | undefined {
  const allocation = credit && world.creditAllocations.get(credit.allocationId);
  return allocation?.revokedAt === undefined ? allocation : undefined;
}
