import { metaId, type Endpoint } from '../graph-request.ts';
import { readSuccess } from '../meta-values.ts';

/** A one-time code, as it was read from a phone. */
export interface VerifyCodeInput {
  /** A pre-verified number or a number on an account: the call is the same. */
  id: string;
  /** Digits; the hyphen of `123-456` and blanks may be there. */
  code: string;
}

/**
 * `POST /<ID>/verify_code` (Meta, "Verify Code API"). A code lives about ten minutes and works once; several wrong ones
 * block the number for a while, so every try counts.
 */
export const verifyCode: Endpoint<VerifyCodeInput, void> = {
  repeat: 'counted',
  request: ({ id, code }) => {
    const digits = code.replace(/[\s-]/g, '');
    if (!/^\d{4,8}$/.test(digits)) {
      throw new TypeError('graph: a one-time code has 4 to 8 digits; nothing was sent');
    }
    return {
      action: 'verify the one-time code',
      method: 'POST',
      path: `/${metaId(id)}/verify_code`,
      body: { code: digits },
      secrets: [code, digits],
    };
  },
  read: readSuccess,
  meaning({ status, code, subcode, words }) {
    if (code !== 100 || subcode !== undefined) return undefined;
    // Code 100 is all that the OpenAPI description has for a wrong code, a late one, and a number that needs none.
    if (/already (been )?verified/i.test(words)) return { kind: 'already_verified' };
    // 422 in any language; the reference words an invalid code as 400. The rest of code 100 is about what was sent.
    return status === 422 || wrongCode.test(words) ? { kind: 'verify_code_failed' } : undefined;
  },
};

const wrongCode =
  /\b(invalid|incorrect|wrong|expired) (verification )?code\b|\bcode (is |has )?(invalid|incorrect|wrong|expired)\b/i;
