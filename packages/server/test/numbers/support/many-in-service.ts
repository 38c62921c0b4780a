import type { Engine } from '../../../src/store/engine/engine.ts';
import { t0 } from '../../../src/testing/contract/contract-case.ts';

/** Many numbers in service, with the claims that own them, and a customer of each. */
export interface ManyInService {
  from?: number;
  count: number;
  /** They are spread evenly over these; the first is `900000000000000 + from`. */
  accounts: number;
  /** Later numbers have earlier claims. */
  isBackwards?: boolean;
}

/**
 * SQL that makes numbers in service of the app `1` and the portfolio `2`, each read at a time of its own within the day after `t0`.
 * The n-th has the id `800000000000000 + n` and the digits `15550000000 + n`.
 */
export function manyInService(
  kind: Engine['kind'],
  { from = 0, count, accounts, isBackwards = false }: ManyInService,
): string[] {
  const rows =
    kind === 'sqlite'
      ? `(with recursive row (n) as (select ${from} union all select n + 1 from row where n + 1 < ${from + count}) select n from row)`
      : `(select n from generate_series(${from}, ${from + count - 1}) n)`;
  const text = (number: string) => `cast(${number} as text)`;
  // Which place a row has in the file as well.
  const order = isBackwards ? 'order by n desc' : '';
  const place = isBackwards ? `${from + count} - n` : `n`;
  const id = text(`800000000000000 + n`);
  const account = text(`900000000000000 + ${from} + (n - ${from}) % ${accounts}`);
  const digits = text(`15550000000 + n`);
  return [
    `insert into signup_claims
       (id, app_id, business_id, session_id, customer_id, status, live, waba_id, phone_number_id, phone_number, digits,
        display_phone_number, number_source, event_data, history_length, created_at, updated_at, proven_at)
     select 'claim-' || ${text(`1000000 + ${from} + ${place}`)}, '1', '2', 'session-' || ${text('n')}, 'ada', 'registered', 1,
       ${account}, ${id}, '+' || ${digits}, ${digits}, '+' || ${digits}, 'own', '{}', 0, ${t0}, ${t0}, ${t0}
     from ${rows} as many`,
    `insert into signup_phone_numbers
       (app_id, business_id, phone_number_id, waba_id, phone_number, digits, display_phone_number, facts,
        identity_check_turn, created_at, run_at, failures, wakes)
     select '1', '2', ${id}, ${account}, '+' || ${digits}, ${digits}, '+' || ${digits}, '{}',
       0, ${t0}, ${t0} + 10000 + cast(n as bigint) * 7919 % 86400000, 0, 0
     from ${rows} as many ${order}`,
    `insert into signup_identities (app_id, business_id, phone_number_id, digits)
     select '1', '2', ${id}, ${digits} from ${rows} as many`,
    'analyze',
  ];
}
