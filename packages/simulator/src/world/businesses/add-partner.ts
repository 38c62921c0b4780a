import type { Partner } from './partner.ts';
import type { Moment } from '../simulation.ts';

/** Puts another Solution Partner into the world, with a verified business of this name. */
export function addPartner(
  { world, ids }: Pick<Moment, 'world' | 'ids'>,
  { name, inSolution }: { name: string; inSolution: boolean },
): Partner {
  const businessId = ids.objectId();
  const partner = {
    businessId,
    systemUserId: ids.objectId(),
    systemUserToken: ids.accessToken(),
    inSolution,
  };
  world.businesses.set(businessId, { id: businessId, name, verified: true });
  world.partners.set(businessId, partner);
  return partner;
}
