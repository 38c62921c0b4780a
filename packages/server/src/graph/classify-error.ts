import { hour } from '../domain/durations.ts';
import { errorTable, isPermissionCode } from './error-table.ts';
import type { Meaning, Refusal } from './graph-request.ts';

const wrongSecret: Meaning = { kind: 'auth', advice: 'Check the app secret: it is not the one of this app.' };

/**
 * Finds the meaning of a refusal: by what the endpoint knows of a vague code, by Meta's code and subcode, by the code, and
 * by the HTTP status last, because live bodies carry HTTP 400 for nearly everything.
 */
export function classifyError(
  refusal: Refusal,
  meaningHere?: (refusal: Refusal) => Meaning | undefined,
): Meaning {
  const { status, code, subcode } = refusal;
  if (code !== undefined) {
    // Code 100 as well, told apart by nothing but its words (Meta, "Secure Graph API calls").
    if (code === 100 && refusal.words.includes('appsecret_proof')) return wrongSecret;
    const known =
      meaningHere?.(refusal) ??
      errorTable[`${code}/${subcode}`] ??
      meaningOfSubcode(subcode) ??
      errorTable[String(code)];
    if (known !== undefined) return known;
    if (isPermissionCode(code)) return { kind: 'permission' };
  }
  if (status === 401) return { kind: 'auth' };
  if (status === 403) return { kind: 'permission' };
  if (status === 404) return { kind: 'not_found' };
  if (status === 429) return { kind: 'throttled', waitMs: hour, limitOf: 'object' };
  // 5xx without a code that is known: a proxy may have answered for Meta, so nobody knows whether the call was done. A
  // redirect would lead to another host, and is never followed.
  if (status >= 500 || (status >= 300 && status < 400)) return { kind: 'unreadable' };
  return { kind: 'unknown' };
}

/** Seven digits are a code of their own in Meta's tables, and come as a subcode of 100 as well. */
function meaningOfSubcode(subcode: number | undefined): Meaning | undefined {
  return subcode !== undefined && subcode >= 1_000_000 ? errorTable[String(subcode)] : undefined;
}
