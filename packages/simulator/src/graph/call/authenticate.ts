import type { Settings } from '../../settings/settings.ts';
import { appOf, callerOf, type Caller, type TokenKind } from '../../world/access/caller.ts';
import { isAppSecretProof } from './app-secret-proof.ts';
import type { World } from '../../world/world.ts';
import { proofMissing, proofRefused, tokenMissing, tokenRefused } from '../errors/general-errors.ts';
import type { Parameters } from './parameters.ts';

interface Deps {
  readonly world: World;
  readonly settings: Settings;
  readonly now: number;
}

/** The token of a call: from `Authorization: Bearer`, or else the parameter `access_token`. */
export function tokenOf(authorization: string | undefined, parameters: Parameters): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1] ?? parameters.text('access_token');
}

/**
 * Says who makes a call, and checks `appsecret_proof` when one is sent or the app requires it.
 * Throws GraphError 190 for an unknown or ended token, for a missing one what the switch `missingTokenCode` says, and
 * 100 for a missing or wrong proof.
 */
export function authenticate(deps: Deps, token: string | undefined, parameters: Parameters): Caller {
  if (token === undefined) throw tokenMissing(deps.settings.assumptions.missingTokenCode);
  const caller = callerOf(deps, token);
  if (typeof caller === 'string') throw tokenRefused(caller);
  const { appSecret, requireAppSecretProof } = deps.settings;
  const proof = parameters.text('appsecret_proof');
  // Proofs are made with the secret of the token's own app, and whether they are required is a setting of that app.
  const isOwnApp = appOf(caller, deps.settings) === deps.settings.appId;
  if (proof === undefined && requireAppSecretProof && isOwnApp) throw proofMissing();
  if (proof !== undefined && !(isOwnApp && isAppSecretProof(proof, token, appSecret))) throw proofRefused();
  return caller;
}

/** The kind of a token, for the ledger. */
export function tokenKindOf(deps: Deps, token: string | undefined): TokenKind {
  if (token === undefined) return 'none';
  const caller = callerOf(deps, token);
  return typeof caller === 'string' ? 'unknown' : caller.kind;
}
