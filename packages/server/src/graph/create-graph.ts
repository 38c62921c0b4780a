import type { Dispatcher } from 'undici';
import type { ResolvedOptions } from '../config/resolve-options.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Graph } from '../ports/graph.ts';
import { debugToken } from './endpoints/debug-token.ts';
import { exchangeCode } from './endpoints/exchange-code.ts';
import { listAccountNumbers } from './endpoints/list-account-numbers.ts';
import { listPool } from './endpoints/list-pool.ts';
import { readNumber } from './endpoints/read-number.ts';
import { registerNumber } from './endpoints/register-number.ts';
import { subscribeApp } from './endpoints/subscribe-app.ts';
import type { GraphPage } from './meta-values.ts';
import { createTransport } from './transport.ts';

/** What the client is made of. */
export interface GraphDeps {
  meta: ResolvedOptions['meta'];
  dispatcher: Dispatcher | undefined;
  now: () => number;
}

/** Meta's Graph API, as far as the kit needs it. Every call is made once; who may call again is the caller's to know. */
export function createGraph({ meta, dispatcher, now }: GraphDeps): Graph & { close(): Promise<void> } {
  const appSecret = meta.appSecrets[0].reveal();
  const transport = createTransport({
    graphUrl: meta.graphUrl,
    graphVersion: meta.graphVersion,
    appSecret,
    dispatcher,
    now,
  });
  const as = (token: string) => ({ value: token, proof: true });

  return {
    async exchangeCode({ code, redirectUri }) {
      const asked = now();
      const { accessToken, expiresInSeconds } = await transport.call(
        exchangeCode,
        { appId: meta.appId, appSecret, code, redirectUri },
        undefined,
      );
      return {
        accessToken,
        expiresAt: expiresInSeconds === undefined ? undefined : asked + expiresInSeconds * 1000,
      };
    },
    inspectToken: (token) =>
      transport.call(debugToken, { token }, { value: `${meta.appId}|${appSecret}`, proof: false }),
    async *listAccountNumbers(wabaId, token) {
      const pages = allPages((after) => transport.call(listAccountNumbers, { wabaId, after }, as(token)));
      for await (const page of pages) yield* page.items;
    },
    readNumber: (phoneNumberId, token) => transport.call(readNumber, { phoneNumberId }, as(token)),
    subscribeApp: (wabaId, token) => transport.call(subscribeApp, { wabaId }, as(token)),
    registerNumber: ({ phoneNumberId, pin, token }) =>
      transport.call(registerNumber, { phoneNumberId, pin }, as(token)),
    async listPool() {
      const numbers: Omit<PoolNumber, 'country'>[] = [];
      let unreadable = 0;
      const pages = allPages(async (after) => {
        const token = await meta.systemUserToken();
        return transport.call(listPool, { businessId: meta.businessId, after }, as(token.reveal()));
      });
      for await (const page of pages) {
        numbers.push(...page.items);
        unreadable += page.unreadable;
      }
      return { numbers, unreadable };
    },
    close: () => transport.close(),
  };
}

/** @throws GraphError when a cursor comes again: half a list must not pass for a whole one, nor go round for ever */
async function* allPages<Item>(
  page: (after: string | undefined) => Promise<GraphPage<Item>>,
): AsyncIterable<GraphPage<Item>> {
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const next = await page(after);
    yield next;
    after = next.after;
    if (after !== undefined && seen.has(after)) {
      throw new GraphError('Meta’s list comes back to a page that it had before.', {
        kind: 'unreadable',
        action: 'read a list',
      });
    }
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}
