import type { TokenEnd } from '../../world/access/business-token.ts';
import type { NewPartner, TokenRevocation } from '../partner-control.ts';
import { bodyOf, oneOf, optional, text } from './json-readers.ts';

const REASONS: readonly TokenEnd[] = ['expired', 'app_removed', 'password_changed', 'logged_out'];

/** Reads the body of `POST /partners`, which may be absent. Throws TypeError. */
export function readNewPartner(value: unknown): NewPartner {
  const { inSolution, ...body } = bodyOf(value ?? {}, ['name', 'inSolution']);
  if (inSolution !== undefined && typeof inSolution !== 'boolean') {
    throw new TypeError('inSolution must be true or false');
  }
  return { name: optional('name', body, text), inSolution };
}

/** Reads the body of `POST /tokens/revoke`. Throws TypeError. */
export function readRevocation(value: unknown): TokenRevocation {
  const body = bodyOf(value, ['businessId', 'reason']);
  return {
    businessId: text('businessId', body['businessId']),
    reason: optional('reason', body, oneOf(REASONS)),
  };
}
