import { hour, minute } from '../domain/durations.ts';
import type { ReconcileDeps } from './deps.ts';

/** A list may show an account whose popup was finished this moment: its page has so long to speak. Milliseconds. */
const pagesTime = 10 * minute;

/** Between the looks at accounts that are all news at once, as at the first start of an old provider. Milliseconds. */
const apart = 750;

/** Accounts per write, so that nobody waits long for the database. */
const slice = 100;

/**
 * Compares what we know with the accounts that Meta lists: those that are news are looked at. For what no webhook told.
 *
 * @throws GraphError, StoreUnavailableError; what was read before that is kept
 */
export function compareAccounts({ graph, store, clock, logger }: ReconcileDeps): () => Promise<void> {
  return async () => {
    let accounts: { wabaId: string; ownerBusinessId: string | undefined; lookAt: number }[] = [];
    const sum = { listed: 0, unknown: 0 };
    const first = clock.now() + pagesTime;
    const keep = async () => {
      const { unknown } = await store.noteAccounts({ now: clock.now(), accounts });
      sum.listed += accounts.length;
      sum.unknown += unknown;
      accounts = [];
    };
    for await (const account of graph.listClientAccounts()) {
      const lookAt = first + (sum.listed + accounts.length) * apart;
      accounts.push({ ...account, lookAt });
      if (accounts.length === slice) await keep();
    }
    if (accounts.length > 0) await keep();
    logger.debug('accounts compared with Meta’s list', sum);
  };
}

/** How often the list is read: without a reason, and while a page may have died in silence. Milliseconds. */
const periods = { usual: 6 * hour, silent: hour } as const;

/** How long after its launch a page that said nothing is a reason to look. Milliseconds. */
const silenceLasts = 3 * hour;

/** A number that vanished is a reason to look for so long: Meta's list may come after its pool. Milliseconds. */
const vanishingLasts = hour;

/**
 * Compares the accounts when there is a reason: numbers have vanished from the pool, a page was silent for an hour, or six
 * hours have passed. For every quarter of an hour.
 *
 * @throws GraphError, StoreUnavailableError; the turns are given back then
 */
export function compareWhenDue(deps: ReconcileDeps): () => Promise<void> {
  const { store, clock } = deps;
  const compare = compareAccounts(deps);
  return async () => {
    const now = clock.now();
    const turns = {
      usual: { name: 'compare accounts', slot: Math.floor(now / periods.usual) },
      silent: { name: 'compare accounts of silent pages', slot: Math.floor(now / periods.silent) },
    };
    const { vanished } = await store.hastenVanished({ now, since: now - vanishingLasts });
    const isSilent = await store.hasSilentSessions({ now, since: now - silenceLasts });
    const usual = await store.takeTurn(turns.usual);
    const silent = isSilent && (await store.takeTurn(turns.silent));
    if (!usual && !silent && vanished === 0) return;
    try {
      await compare();
    } catch (error) {
      if (usual) await store.returnTurn(turns.usual);
      if (silent) await store.returnTurn(turns.silent);
      throw error;
    }
  };
}
