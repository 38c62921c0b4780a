import type { Json } from '../../json.ts';
import type { PhoneNumber } from '../../world/numbers/phone-number.ts';
import type { Simulation } from '../../world/simulation.ts';

/** `health_status`: whether the number, its account, business and app can send. One that is not registered cannot. */
export function healthOf(
  { id, accountId, registeredAt }: PhoneNumber,
  { world, settings }: Simulation,
): Json {
  const number =
    registeredAt === undefined
      ? {
          can_send_message: 'BLOCKED',
          errors: [
            {
              error_code: 141000,
              error_description: 'The phone number is not registered.',
              possible_solution: 'Register the phone number.',
            },
          ],
        }
      : { can_send_message: 'AVAILABLE' };
  const business = world.accounts.get(accountId)?.ownerBusinessId;
  return {
    can_send_message: number.can_send_message,
    entities: [
      { entity_type: 'PHONE_NUMBER', id, ...number },
      { entity_type: 'WABA', id: accountId, can_send_message: 'AVAILABLE' },
      { entity_type: 'BUSINESS', id: business, can_send_message: 'AVAILABLE' },
      { entity_type: 'APP', id: settings.appId, can_send_message: 'AVAILABLE' },
    ],
  };
}
