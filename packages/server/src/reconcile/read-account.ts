import { tokenCell } from '../domain/cells.ts';
import { minute } from '../domain/durations.ts';
import { errorFacts } from '../ports/error-facts.ts';
import type { AccountLease } from '../ports/accounts.ts';
import type { AccountNumber } from '../ports/graph.ts';
import { GraphError, type GraphErrorKind } from '../ports/graph-error.ts';
import type { ReconcileDeps } from './deps.ts';

/** A token in plain; what `expiresAt` is not given for does not end. Milliseconds UTC. */
export interface PlainToken {
  value: string;
  expiresAt: number | undefined;
}

/** What an account shows. */
export interface ReadAccount {
  numbers: AccountNumber[];
  /** The customer's, with which it was read; `undefined`: the BSP's own. */
  token: PlainToken | undefined;
}

/** So many looks, and so long, Meta's help with a token is waited for; then the account is read without. */
const patience = { looks: 3, ms: 10 * minute } as const;

/** Another token may do. */
const refusals: ReadonlySet<GraphErrorKind> = new Set(['permission', 'not_found', 'auth']);

/** Whether a call with another token, or without one, may do better. */
const isRefusal = (error: unknown): boolean => error instanceof GraphError && refusals.has(error.kind);

/** Whether the same call will do better by itself. */
const isPassing = ({ kind }: GraphError): boolean =>
  kind === 'transient' || kind === 'throttled' || kind === 'unreachable';

/**
 * Reads the numbers of an account with the best token there is: one that a claim brought, else the one of the sign-up as
 * Meta gives it out, else the BSP's own.
 *
 * @returns the last refusal when Meta shows the account to none of them
 * @throws GraphError when it should be tried again later
 */
export function readAccount(deps: ReconcileDeps) {
  const { graph } = deps;
  return async (lease: AccountLease): Promise<ReadAccount | GraphError> => {
    let refusal: GraphError | undefined;
    for (const find of [keptToken(deps), recoveredToken(deps), ownToken]) {
      const found = await find(lease);
      if (found === undefined) continue;
      try {
        const numbers: AccountNumber[] = [];
        for await (const number of graph.listAccountNumbers(lease.wabaId, found.token?.value)) {
          numbers.push(number);
        }
        return { numbers, token: found.token };
      } catch (error) {
        if (!(error instanceof GraphError) || !isRefusal(error)) throw error;
        refusal = error;
      }
    }
    if (refusal === undefined) throw new Error('readAccount: the last token was not tried');
    return refusal;
  };
}

type FindToken = (lease: AccountLease) => Promise<{ token: PlainToken | undefined } | undefined>;

const ownToken: FindToken = () => Promise.resolve({ token: undefined });

/** The newest token that a claim on this account has. */
function keptToken({ store, cipher, clock, logger }: ReconcileDeps): FindToken {
  return async ({ wabaId }) => {
    const kept = await store.findToken(wabaId);
    if (kept === undefined) return undefined;
    const { claimId, sealedToken, expiresAt } = kept;
    if (expiresAt !== undefined && expiresAt <= clock.now()) return undefined;
    try {
      return { token: { value: await cipher.open(sealedToken, tokenCell(claimId)), expiresAt } };
    } catch (error) {
      logger.warn('a token cannot be opened by this node', { claimId, ...errorFacts(error) });
      return undefined;
    }
  };
}

/** The token that the sign-up made, from Meta; believed only after Meta has said what it is good for. */
function recoveredToken({ graph, meta, clock, logger }: ReconcileDeps): FindToken {
  return async ({ wabaId, ownerBusinessId, looks, foundAt, addedAt = 0 }) => {
    if (ownerBusinessId === undefined) return undefined;
    try {
      const value = await graph.recoverToken(ownerBusinessId);
      const { valid, appId, wabaIds, expiresAt } = await graph.inspectToken(value);
      const covers = wabaIds.length === 0 || wabaIds.includes(wabaId);
      return valid && appId === meta.appId && covers ? { token: { value, expiresAt } } : undefined;
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const isNew = looks <= patience.looks || clock.now() < Math.max(foundAt, addedAt) + patience.ms;
      if (isPassing(error) && isNew) throw error;
      logger.debug('Meta gives no token for an account', { wabaId, reason: error.reason });
      return undefined;
    }
  };
}
