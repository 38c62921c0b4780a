import type { Settings } from '../../settings/settings.ts';
import type { World } from '../world.ts';

/** The program of a Solution Partner's business: what a system user token acts as. */
export interface SystemUser {
  readonly id: string;
  readonly businessId: string;
  readonly name: string;
  readonly role: 'ADMIN' | 'EMPLOYEE';
}

/** Id of the system user whose token is the option `systemUserToken`. */
export const OWN_SYSTEM_USER_ID = '122100457318264';
/** Id of the person whose token is the option `userToken`: an admin of the BSP's business. */
export const OWN_ADMIN_ID = '10222270944537964';

/** The system users of a business; customers' businesses have none. */
export function systemUsersOf(
  { world, settings }: { world: World; settings: Settings },
  businessId: string,
): SystemUser[] {
  const partner = world.partners.get(businessId);
  const id = businessId === settings.businessId ? OWN_SYSTEM_USER_ID : partner?.systemUserId;
  return id === undefined ? [] : [{ id, businessId, name: 'Simulated system user', role: 'ADMIN' }];
}
