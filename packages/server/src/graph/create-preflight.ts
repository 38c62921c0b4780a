import { Agent, type Dispatcher } from 'undici';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import { GraphError } from '../ports/graph-error.ts';
import { graphError } from '../ports/graph-errors.ts';
import type { MetaPreflight } from '../ports/preflight.ts';
import { createGraphClient } from './create-graph-client.ts';
import { notEligibleAdvice } from './endpoints/preverified-number.ts';
import { isFromMeta } from './wire/is-from-meta.ts';
import { recorded } from './wire/recorded.ts';

/** What a preflight's view of Meta is made of. */
export interface PreflightDeps {
  meta: ResolvedOptions['meta'];
  /** Instead of connections of its own. */
  dispatcher: Dispatcher | undefined;
  /** Milliseconds UTC, by this machine's clock. */
  now: () => number;
  /** For each call with its repeats, milliseconds. */
  deadline: number;
}

/** Meta's Graph API as a preflight needs it: the published client, with an ear for what comes back. */
export function createPreflight(deps: PreflightDeps): MetaPreflight & { close(): Promise<void> } {
  const { meta, now, deadline } = deps;
  const given = deps.dispatcher ?? new Agent();
  const { dispatcher, exchanges } = recorded(given, now);
  const client = createGraphClient({
    appId: meta.appId,
    appSecret: meta.appSecrets[0].reveal(),
    token: async () => (await meta.systemUserToken()).reveal(),
    graphUrl: meta.graphUrl,
    graphVersion: meta.graphVersion,
    dispatcher,
    // Somebody waits for it, and would rather hear of trouble than not.
    limits: { deadline, attempt: deadline / 2, headers: deadline / 2, attempts: 2 },
    now,
  });
  const { appId, businessId } = meta;
  /** A refusal counts only where it is known to be Meta's: whoever else answers there must not be taken at their word. */
  const ask = async <Answer>(path: string, call: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await call();
    } catch (error) {
      const last = exchanges.findLast((one) => one.path.split('?')[0]?.endsWith(path));
      const isMetas = last === undefined || isFromMeta(last);
      if (!(error instanceof GraphError) || error.kind === 'unreachable' || isMetas) throw error;
      const { action, status } = error.facts;
      throw graphError(
        `What answered when Meta was asked to ${action} is not known to be Meta.`,
        { kind: 'unreadable', action, status, sent: true, harmlessTwice: true },
        { cause: error },
      );
    }
  };

  return {
    async inspectToken(token) {
      const told = await ask('/debug_token', () => client.oauth.debugToken(token));
      const { valid, type, expiresAt, scopes, granularScopes } = told;
      const all = new Set([...scopes, ...granularScopes.map(({ scope }) => scope)]);
      return { valid, appId: told.appId, type, expiresAt, scopes: [...all] };
    },
    listSubscriptions: () => ask(`/${appId}/subscriptions`, () => client.oauth.subscriptions()),
    async readBusiness() {
      const { name } = await ask(`/${businessId}`, () => client.business.get({ businessId }));
      return { name };
    },
    async mayHoldNumbers() {
      try {
        // Its first page says it.
        const pool = client.business.preverifiedNumbers({ businessId, limit: 1 });
        const pages = pool.pages()[Symbol.asyncIterator]();
        await ask(`/${businessId}/preverified_numbers`, () => pages.next());
        return true;
      } catch (error) {
        if (error instanceof GraphError && error.advice === notEligibleAdvice) return false;
        throw error;
      }
    },
    exchanges: () => exchanges.filter(isFromMeta),
    async close() {
      await client.close();
      // One that was handed in is closed by whoever made it.
      if (deps.dispatcher === undefined) await given.destroy();
    },
  };
}
