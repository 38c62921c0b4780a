import type { Settings } from '../settings/settings.ts';
import { businessOf, type Caller } from '../world/access/caller.ts';
import type { GraphNode, GraphNodes } from '../world/access/graph-node.ts';
import type { Scope } from '../settings/scopes.ts';
import { permissionDenied, scopeMissing } from './errors/general-errors.ts';
import type { GraphError } from './errors/graph-error.ts';
import { appTokenNeeded } from './errors/oauth-errors.ts';
import { notEligibleForPool } from './errors/sharing-errors.ts';

interface Rule {
  readonly kinds: readonly Caller['kind'][];
  /** Whether it must be the caller's own: their business, or a number in their own pool. */
  readonly own?: boolean;
  /** @default permissionDenied */
  readonly refuse?: () => GraphError;
}

/** User and system user token of the partner's own business (pre-verified numbers guide). */
const OWN_PARTNER: Rule = { kinds: ['system_user', 'user'], own: true };
/** "Nearly all credit line related endpoints require your system user access token" (credit lines page). */
const SYSTEM_USER: Rule = { kinds: ['system_user'] };
const OWN_SYSTEM_USER: Rule = { kinds: ['system_user'], own: true };
const BUSINESS: Rule = { kinds: ['business'] };

/** Which kinds of token may do what to the nodes they see. What is not named here may be done by all who see the node. */
const RULES: { readonly [Kind in keyof GraphNodes]: Readonly<Record<string, Rule>> } = {
  business: {
    'GET preverified_numbers': { ...OWN_PARTNER, refuse: notEligibleForPool },
    'POST add_phone_numbers': OWN_PARTNER,
    'POST share_preverified_numbers': OWN_PARTNER,
    'DELETE share_preverified_numbers': OWN_PARTNER,
    'GET client_whatsapp_business_accounts': OWN_PARTNER,
    'GET owned_whatsapp_business_accounts': OWN_PARTNER,
    'GET system_users': OWN_PARTNER,
    'GET extendedcredits': OWN_SYSTEM_USER,
    'POST system_user_access_tokens': SYSTEM_USER,
  },
  preverifiedNumber: {
    DELETE: OWN_PARTNER,
    'POST request_code': OWN_PARTNER,
    'POST verify_code': OWN_PARTNER,
    'GET partners': OWN_PARTNER,
  },
  account: {
    'GET assigned_users': { kinds: ['system_user', 'user'] },
    'POST assigned_users': SYSTEM_USER,
    'DELETE assigned_users': SYSTEM_USER,
  },
  phoneNumber: {},
  creditLine: {
    GET: SYSTEM_USER,
    'GET owning_credit_allocation_configs': SYSTEM_USER,
    'POST whatsapp_credit_sharing_and_attach': SYSTEM_USER,
    'POST whatsapp_credit_sharing': SYSTEM_USER,
    'POST whatsapp_credit_attach': BUSINESS,
  },
  creditAllocation: {
    GET: SYSTEM_USER,
    DELETE: SYSTEM_USER,
  },
  application: {
    'GET subscriptions': { kinds: ['app'], refuse: appTokenNeeded },
  },
};

/** What can only be done with the pool of a business that Meta lets have one. */
const POOL = /preverified_numbers$|^POST add_phone_numbers$/;

/** The permission that the references name; undefined where none is checked here. */
function scopeFor(kind: GraphNode['kind'], route: string): Scope | undefined {
  if (kind === 'preverifiedNumber') return 'business_management';
  if (kind === 'business') {
    if (POOL.test(route)) return 'business_management';
    return route.endsWith('_whatsapp_business_accounts') ? 'whatsapp_business_management' : undefined;
  }
  if (kind !== 'account' && kind !== 'phoneNumber') return undefined;
  return route === 'POST messages' ? 'whatsapp_business_messaging' : 'whatsapp_business_management';
}

/**
 * Throws GraphError when the caller's kind of token may not make this call on a node it sees, or lacks the permission
 * (200), or when the business may have no pool (100 or 200).
 */
export function checkToken(
  { businessId, poolEligible }: Pick<Settings, 'businessId' | 'poolEligible'>,
  caller: Caller,
  found: GraphNode,
  route: string,
): void {
  checkKind(caller, found, route);
  const scope = scopeFor(found.kind, route);
  if (scope !== undefined && caller.kind === 'system_user' && !caller.scopes.includes(scope)) {
    throw scopeMissing();
  }
  const isOwnPool = found.kind === 'business' && found.node.id === businessId && POOL.test(route);
  if (isOwnPool && !poolEligible) throw notEligibleForPool();
}

function checkKind(caller: Caller, found: GraphNode, route: string): void {
  const rules = RULES[found.kind];
  const rule = Object.hasOwn(rules, route) ? rules[route] : undefined;
  if (rule === undefined) return;
  const allowed = rule.kinds.includes(caller.kind) && (rule.own !== true || isOwn(caller, found));
  if (!allowed) throw (rule.refuse ?? permissionDenied)();
}

function isOwn(caller: Caller, found: GraphNode): boolean {
  if (found.kind === 'business') return found.node.id === businessOf(caller);
  return found.kind === 'preverifiedNumber' && found.node.ownerBusinessId === businessOf(caller);
}
