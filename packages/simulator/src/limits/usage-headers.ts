import type { Usage } from './usage.ts';

/** Headers by their names in small letters. */
export type UsageHeaders = Record<string, string>;

// Only calls are counted here. That both times stand at a quarter of the calls is a guess: no page gives a relation.
function loadOf(percent: number) {
  const time = Math.floor(percent / 4);
  return { call_count: percent, total_cputime: time, total_time: time };
}

/**
 * `x-business-use-case-usage` for one account, with the two entries of WhatsApp's sample: management calls, which are
 * what the limit is about, and messages, which count against a throughput of their own and so stay at 0.
 */
export function accountUsageHeaders(accountId: string, { percent, regainMinutes }: Usage): UsageHeaders {
  const entries = [
    {
      type: 'whatsapp_business_management',
      ...loadOf(percent),
      estimated_time_to_regain_access: regainMinutes,
    },
    { type: 'whatsapp', ...loadOf(0), estimated_time_to_regain_access: 0 },
  ];
  return { 'x-business-use-case-usage': JSON.stringify({ [accountId]: entries }) };
}

/** `x-app-usage`; it does not say when calls are answered again. */
export function appUsageHeaders({ percent }: Usage): UsageHeaders {
  return { 'x-app-usage': JSON.stringify(loadOf(percent)) };
}
