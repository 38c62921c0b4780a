import type { Settings } from '../settings.ts';
import type { BusinessToken } from './business-token.ts';
import type { World } from './world.ts';

/** Who makes a Graph call. */
export type Caller =
  | { readonly kind: 'app' }
  | { readonly kind: 'system_user' }
  | { readonly kind: 'business'; readonly token: BusinessToken };

/** The kinds a token can be of, as recorded in the ledger. */
export type TokenKind = Caller['kind'] | 'none' | 'unknown';

/** What is wrong with a token that names no caller. */
export type TokenFlaw = 'unknown' | 'expired';

/** The caller a token stands for at the time `now` (ms, UTC), or what is wrong with it. */
export function callerOf(
  { world, settings, now }: { world: World; settings: Settings; now: number },
  token: string,
): Caller | TokenFlaw {
  if (token === settings.systemUserToken) return { kind: 'system_user' };
  if (token === `${settings.appId}|${settings.appSecret}`) return { kind: 'app' };
  const known = world.tokens.get(token);
  if (known === undefined) return 'unknown';
  if (known.expiresAt !== undefined && now >= known.expiresAt) return 'expired';
  return { kind: 'business', token: known };
}
