import { z } from 'zod';
import type { TokenFacts } from '../../ports/graph.ts';
import type { Endpoint } from '../graph-request.ts';
import { flagValue, idValue, timeValue } from '../meta-values.ts';

const body = z.object({
  data: z.object({
    is_valid: flagValue,
    app_id: idValue.nullish(),
    expires_at: timeValue,
    granular_scopes: z
      .array(z.object({ scope: z.string(), target_ids: z.array(idValue).nullish() }))
      .nullish(),
  }),
});

/** `GET /debug_token`: what a token is good for. Meta wants it in the query. The targets stand newest first. */
export const debugToken: Endpoint<{ token: string }, TokenFacts> = {
  request: ({ token }) => ({
    action: 'inspect the token',
    method: 'GET',
    path: '/debug_token',
    query: { input_token: token },
  }),
  read: (answer) => {
    const { data } = body.parse(answer);
    const management = data.granular_scopes?.find(({ scope }) => scope === 'whatsapp_business_management');
    return {
      valid: data.is_valid === true,
      appId: data.app_id ?? undefined,
      wabaIds: management?.target_ids ?? [],
      expiresAt: data.expires_at,
    };
  },
};
