import type { Json } from '../../json.ts';
import type { PhoneNumber } from '../../world/numbers/phone-number.ts';
import type { World } from '../../world/world.ts';
import type { Report } from '../report.ts';

/** Something about a number: these webhooks name it by its digits, never by its id. */
export function numberReport(
  { accounts }: Pick<World, 'accounts'>,
  number: PhoneNumber,
  field: 'phone_number_quality_update' | 'phone_number_name_update' | 'security',
  value: { readonly [name: string]: Json | undefined },
): Report {
  return {
    field,
    entryId: number.accountId,
    value: { display_phone_number: number.digits, ...value },
    account: accounts.get(number.accountId),
    number,
  };
}
