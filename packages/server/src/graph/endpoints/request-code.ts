import { hour } from '../../domain/durations.ts';
import { metaId, type Endpoint } from '../graph-request.ts';
import { readSuccess } from '../meta-values.ts';

/** How a one-time code is to reach a phone. */
export interface RequestCodeInput {
  /** A pre-verified number or a number on an account: the call is the same. */
  id: string;
  method: 'SMS' | 'VOICE';
  /** Such as `en_US`. Meta falls back to `en_US` for a language that it does not have. */
  language: string;
}

/**
 * `POST /<ID>/request_code` (Meta, "Request Verification Code API"). Meta counts the requests of a number, with a limit
 * that it does not name, so a failed one is never repeated by machine.
 */
export const requestCode: Endpoint<RequestCodeInput, void> = {
  repeat: 'counted',
  request: ({ id, method, language }) => ({
    action: 'request a one-time code',
    method: 'POST',
    path: `/${metaId(id)}/request_code`,
    body: { code_method: method, language },
  }),
  read: readSuccess,
  meaning({ status, code, subcode }) {
    // "Too many verification code requests": of this number, and each further one may make it worse.
    if (code === 613) return { kind: 'throttled', waitMs: hour, limitOf: 'call' };
    // 422 is "valid, but cannot be processed": of a verified number. Live, this is one more 136024.
    return code === 100 && subcode === undefined && status === 422 ? { kind: 'already_verified' } : undefined;
  },
};
