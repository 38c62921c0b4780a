import { t0 } from '../../../src/testing/contract/contract-case.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How many numbers of a worn pool can be given to a customer, whatever its size. */
export const freeNumbers = 300;

/**
 * SQL that makes a pool of `size` numbers as years leave it: nearly all claimed, gone or lapsed, some held, and
 * {@link freeNumbers} free. A tenth of it still says VERIFIED though its end is past, because nobody claimed it. One number in
 * ten is looked after by the kit.
 */
export function wornPool(kind: 'sqlite' | 'postgres', size: number): string[] {
  const rows =
    kind === 'sqlite'
      ? `with recursive n (i) as (select 0 union all select i + 1 from n where i < ${size - 1})`
      : `with n (i) as (select * from generate_series(cast(0 as bigint), ${size - 1}))`;
  const worn = `i >= ${freeNumbers}`;
  // Meta's ids are in no order that means anything.
  const id = `cast(100000000000 + i * 7919 % 1000003 * 1000000 + i as text)`;
  return [
    `${rows} insert into signup_numbers
       (id, app_id, business_id, phone_number, digits, display_phone_number, country, verification_status, verified_at,
        verification_expires_at, owner_business_id, held_by, held_until, claim_id, claimed_by, claimed_at, gone_at,
        synced_at, first_seen_at, care_at)
     select ${id}, '1', '2', '+' || (15550000000 + i), cast(15550000000 + i as text), '+1 ' || i,
       case i % 3 when 0 then 'US' when 1 then 'DE' else 'BR' end,
       case when ${worn} and i % 20 = 1 then 'EXPIRED' when ${worn} and i % 20 = 2 then 'NOT_VERIFIED' else 'VERIFIED' end,
       ${t0} - i * 1000,
       case when ${worn} and i % 20 in (3, 4) then ${t0} - i * 1000
         else ${t0} + 2 * ${day} + (i % 80) * ${day} end,
       '2',
       case when ${worn} and i % 2000 = 5 then 'customer-' || i end,
       case when ${worn} and i % 2000 = 5 then ${t0} + ${hour} end,
       case when ${worn} and i % 20 > 9 then 'claim-' || i end,
       case when ${worn} and i % 20 > 9 then 'owner-' || i end,
       case when ${worn} and i % 20 > 9 then ${t0} - i end,
       case when ${worn} and i % 20 > 5 then ${t0} - i end,
       ${t0}, ${t0} - i * 1000, ${t0} + day_of.ms
     from (select i, (i % 40 + 1) * ${day} as ms from n) as day_of`,
    kind === 'sqlite' ? 'analyze' : 'analyze signup_numbers',
  ];
}
