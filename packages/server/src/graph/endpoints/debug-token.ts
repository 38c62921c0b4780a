import { z } from 'zod';
import type { TokenFacts } from '../../ports/graph.ts';
import type { Endpoint } from '../graph-request.ts';
import { flagValue, idValue, timeValue, wordValue } from '../meta-values.ts';

/** All that `debug_token` says of a token. Times in milliseconds UTC. */
export interface DebuggedToken extends TokenFacts {
  /** `SYSTEM_USER`, `USER`, …. */
  type: string | undefined;
  userId: string | undefined;
  issuedAt: number | undefined;
  dataAccessExpiresAt: number | undefined;
  scopes: string[];
  /** Scopes of some objects: without `targetIds` of all, with an empty list of none that is known. Newest first. */
  granularScopes: { scope: string; targetIds: string[] | undefined }[];
}

/** One odd id hides no other. What is no list at all is a list of which nothing could be read: it must not pass for "all". */
const targets = z
  .unknown()
  .optional()
  .transform((value): { ids: string[]; unreadable: boolean } | undefined => {
    if (value === null || value === undefined) return undefined;
    const all: unknown[] = Array.isArray(value) ? value : [value];
    const ids = all.flatMap((one) => {
      const read = Array.isArray(value) ? idValue.safeParse(one) : undefined;
      return read?.success === true ? [read.data] : [];
    });
    return { ids, unreadable: ids.length === 0 && all.length > 0 };
  });
const grant = z.object({ scope: z.string(), target_ids: targets });
const body = z.object({
  data: z.object({
    is_valid: flagValue,
    app_id: idValue.optional().catch(undefined),
    type: wordValue,
    user_id: idValue.optional().catch(undefined),
    expires_at: timeValue,
    issued_at: timeValue,
    data_access_expires_at: timeValue,
    scopes: z.array(z.string()).catch([]),
    granular_scopes: z.array(z.unknown()).nullish(),
  }),
});

/**
 * `GET /debug_token`: what a token is good for. Meta documents the token as a parameter of the address and nothing else, so
 * this address must never reach a log. A token that is not valid is no error, but `valid: false`.
 */
export const debugToken: Endpoint<{ token: string }, DebuggedToken> = {
  repeat: 'read',
  request: ({ token }) => ({
    action: 'inspect the token',
    method: 'GET',
    path: '/debug_token',
    query: { input_token: token },
    secrets: [token],
  }),
  read: (answer) => {
    const { data } = body.parse(answer);
    const grants = (data.granular_scopes ?? []).flatMap((one) => {
      const read = grant.safeParse(one);
      return read.success ? [read.data] : [];
    });
    const granularScopes = grants.map(({ scope, target_ids }) => ({ scope, targetIds: target_ids?.ids }));
    const management = grants.find(({ scope }) => scope === 'whatsapp_business_management')?.target_ids;
    const valid = data.is_valid === true;
    // An empty list means that Meta names no account, and a sign-up is then believed more: unreadable is not that.
    if (valid && management?.unreadable === true) {
      throw new Error('debugToken: the accounts of the token cannot be read');
    }
    return {
      valid,
      appId: data.app_id,
      wabaIds: management?.ids ?? [],
      expiresAt: data.expires_at,
      type: data.type,
      userId: data.user_id,
      issuedAt: data.issued_at,
      dataAccessExpiresAt: data.data_access_expires_at,
      scopes: data.scopes,
      granularScopes,
    };
  },
};
