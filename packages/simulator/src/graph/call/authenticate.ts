import type { Settings } from '../../settings.ts';
import { callerOf, type Caller, type TokenKind } from '../../world/caller.ts';
import { isAppSecretProof } from './app-secret-proof.ts';
import type { World } from '../../world/world.ts';
import { proofRefused, tokenRefused } from '../errors/general-errors.ts';
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
 * Says who makes a call, and checks `appsecret_proof` when one is sent.
 * Throws GraphError 190 for a missing, unknown or expired token, 100 for a wrong proof.
 */
export function authenticate(deps: Deps, token: string | undefined, parameters: Parameters): Caller {
  if (token === undefined) throw tokenRefused('missing');
  const caller = callerOf(deps, token);
  if (typeof caller === 'string') throw tokenRefused(caller);
  const proof = parameters.text('appsecret_proof');
  if (proof !== undefined && !isAppSecretProof(proof, token, deps.settings.appSecret)) throw proofRefused();
  return caller;
}

/** The kind of a token, for the ledger. */
export function tokenKindOf(deps: Deps, token: string | undefined): TokenKind {
  if (token === undefined) return 'none';
  const caller = callerOf(deps, token);
  return typeof caller === 'string' ? 'unknown' : caller.kind;
}
