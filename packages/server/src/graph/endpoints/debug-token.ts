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
  /** Scopes that are granted for some objects only; without `targetIds` for all. Newest first. */
  granularScopes: { scope: string; targetIds: string[] | undefined }[];
}

const grant = z.object({ scope: z.string(), target_ids: z.array(idValue).nullish().catch(undefined) });
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
    granular_scopes: z.array(z.unknown()).catch([]),
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
    const granularScopes = data.granular_scopes.flatMap((one) => {
      const read = grant.safeParse(one);
      return read.success ? [{ scope: read.data.scope, targetIds: read.data.target_ids ?? undefined }] : [];
    });
    const management = granularScopes.find(({ scope }) => scope === 'whatsapp_business_management');
    return {
      valid: data.is_valid === true,
      appId: data.app_id,
      wabaIds: management?.targetIds ?? [],
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
