import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { deriveKeys } from '../../../src/config/derive-keys.ts';
import { Secret } from '../../../src/config/secret.ts';
import { pinCell } from '../../../src/domain/cells.ts';
import { createJoseCipher } from '../../../src/system/jose-cipher.ts';
import { hashOf } from '../../torture/support/trapped-ports.ts';
import type { ClaimOnDisk } from '../../torture/support/what-is-on-disk.ts';

/** The nodes' database, seen beside them, through connections that may be lost at any time. */
export interface NodesDisk {
  claims(): Promise<ClaimOnDisk[]>;
  /** Rows of work, and how many of them somebody has a lease of. */
  work(): Promise<{ rows: number; leased: number }>;
  /** Numbers that several live claims have. */
  sharedNumbers(): Promise<string[]>;
  /** Attempts written before calls of `/register`, by number. */
  attempts(): Promise<Map<string, number>>;
  /** The hash of each number's PIN. */
  pins(): Promise<Map<string, string>>;
  /** Ends at most so many of the nodes' backends, chosen by the server. Resolves to how many. */
  terminateBackends(most: number): Promise<number>;
  /** Runs one statement. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** `bigint` columns hold milliseconds here. */
const int8 = 20;

const isOurs = `application_name = 'embedded-signup-kit' and datname = current_database()`;

/** Makes a database of its own on a server. Resolves to its address. */
export async function createDatabase(server: string): Promise<{ address: string; drop(): Promise<void> }> {
  const name = `nodes_${randomUUID().replaceAll('-', '')}`;
  const once = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await once(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { address: url.href, drop: () => once(`drop database if exists ${name} with (force)`) };
}

/** Looks into a database. */
export async function lookAtNodesDisk(address: string, secret: string): Promise<NodesDisk> {
  const cipher = await createJoseCipher(deriveKeys([new Secret(secret)], 'data'));
  const pool = new pg.Pool({
    connectionString: address,
    max: 2,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
    },
  });
  // The server is stopped under it on purpose.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const query = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(sql, values)).rows;
  return {
    query,
    async claims() {
      return query<ClaimOnDisk>(
        `select id, session_id, customer_id, status, live, phone_number_id, reason_code, code_received_at,
                code_used_at, sealed_token, updated_at from signup_claims`,
      );
    },
    async work() {
      const [row] = await query<{ rows: number; leased: number }>(
        'select count(*)::int as rows, count(lease_until)::int as leased from signup_work',
      );
      return row ?? { rows: -1, leased: -1 };
    },
    async sharedNumbers() {
      const rows = await query<{ number: string }>(
        `select phone_number_id as number from signup_claims where live = 1 group by 1 having count(*) > 1
         union all
         select pool_number_id from signup_claims where live = 1 and pool_number_id is not null
         group by 1 having count(*) > 1`,
      );
      return rows.map(({ number }) => number);
    },
    async attempts() {
      const rows = await query<{ number: string; spent: number }>(
        `select phone_number_id as number, count(*)::int as spent from signup_attempts
         where kind = 'register' group by 1`,
      );
      return new Map(rows.map(({ number, spent }) => [number, spent]));
    },
    async pins() {
      const rows = await query<{ phone_number_id: string; sealed_pin: string }>(
        'select phone_number_id, sealed_pin from signup_pins',
      );
      const opened = rows.map(async (row): Promise<[string, string]> => [
        row.phone_number_id,
        hashOf(await cipher.open(row.sealed_pin, pinCell(row.phone_number_id))),
      ]);
      return new Map(await Promise.all(opened));
    },
    async terminateBackends(most) {
      const rows = await query(
        `select pg_terminate_backend(pid) from
           (select pid from pg_stat_activity where ${isOurs} order by random() limit $1) as chosen`,
        [most],
      );
      return rows.length;
    },
    close: () => pool.end(),
  };
}
