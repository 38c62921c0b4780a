import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

/** `bigint` columns hold milliseconds and counts, far below 2^53, so they may be numbers here. */
const int8 = 20;

/** How many connections, and how long to wait for an answer; milliseconds. */
export interface PoolLimits {
  connections: number;
  /** `undefined`: as long as it takes. */
  query: number | undefined;
}

/** Milliseconds. A query of the kit takes a few; a code lives 30 seconds, so waiting longer helps nobody. */
export const ordinaryLimits: PoolLimits = { connections: 10, query: 8_000 };

/** To connect, and until a silent connection is asked whether it is still alive. Milliseconds. */
const patience = { connect: 5_000, silence: 10_000 };

/**
 * A pool of connections that gives up on one that no longer answers. After a fail-over or behind a firewall a connection
 * can be dead without anybody saying so: its query then fails in time, and the connection is thrown away instead of being
 * handed to the next caller. So is one to a server that has become a standby: the next one may lead to the new primary.
 *
 * @param onLostConnection told when a connection dies, idle or in use; without a listener Node would end the process
 */
export function openCarefulPool(
  url: string,
  onLostConnection: (error: Error) => void,
  limits: PoolLimits,
): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.connections,
    connectionTimeoutMillis: patience.connect,
    ...(limits.query !== undefined && {
      query_timeout: limits.query,
      statement_timeout: limits.query,
      // A node that went silent in the middle of a transaction must not keep its locks from the others.
      idle_in_transaction_session_timeout: limits.query,
    }),
    keepAlive: true,
    keepAliveInitialDelayMillis: patience.silence,
    application_name: 'embedded-signup-kit',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
    },
  });
  pool.on('error', onLostConnection);
  // The pool listens to idle connections only; one that is in use would speak to nobody.
  pool.on('connect', (client) => client.on('error', onLostConnection));
  return { connect: async () => careful(await pool.connect()), end: () => pool.end() };
}

function careful(client: pg.PoolClient): PostgresPoolClient {
  let broken: Error | undefined;
  const query = async (...args: unknown[]): Promise<unknown> => {
    // Kysely rolls back after an error; on a dead connection that would wait just as long again.
    if (broken !== undefined) throw broken;
    try {
      return await Reflect.apply(client.query, client, args);
    } catch (error) {
      if (error instanceof Error && isOfTheConnection(error)) broken = error;
      throw error;
    }
  };
  return {
    // Kysely's interface has an overload per kind of query; pg's one method takes them all.
    query: query as PostgresPoolClient['query'],
    release: () => client.release(broken),
  };
}

/** Whether an error is the connection's own, rather than the server's answer to a query. 25006: a server that takes no writes. */
function isOfTheConnection(error: Error): boolean {
  return !(error instanceof pg.DatabaseError) || /^(57P|25006)/.test(error.code ?? '');
}
