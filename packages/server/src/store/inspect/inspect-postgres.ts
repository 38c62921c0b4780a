import { sql } from 'kysely';
import type { Durability, InspectedDatabase } from '../../ports/preflight.ts';
import { StoreUnavailableError } from '../../ports/store-errors.ts';
import { codeOf } from '../engine/postgres-errors.ts';
import { openPostgres } from '../engine/postgres-engine.ts';
import type { InspectDeps } from './inspect-deps.ts';
import { readTables } from './read-tables.ts';

/** Settings that a commit rests on, and what becomes of it without them. */
const durable = {
  synchronous_commit: 'an answered claim could be lost in a crash',
  fsync: 'a crash can destroy the database',
  full_page_writes: 'a crash can destroy pages of the database',
} as const;

/** Asks a PostgreSQL server. Only reads. @throws Error with the sentence to act on */
export async function inspectPostgres(
  url: string,
  { scope, now, lapsingBefore }: InspectDeps & { lapsingBefore: number },
): Promise<InspectedDatabase> {
  try {
    const engine = openPostgres(url, () => undefined);
    try {
      const asked = now();
      const time = await engine.databaseTime();
      const aheadMs = time === undefined ? undefined : Math.round(time - (asked + now()) / 2);
      const { rows } = await sql<Record<keyof typeof durable, string> & { standby: boolean }>`select
        current_setting('synchronous_commit') as synchronous_commit, current_setting('fsync') as fsync,
        current_setting('full_page_writes') as full_page_writes, pg_is_in_recovery() as standby`.execute(
        engine.read,
      );
      const [settings] = rows;
      if (settings?.standby === true) {
        throw new Error(
          'This PostgreSQL server is a standby and takes no writes: let `database` lead to the primary.',
        );
      }
      const isNoTable = (error: unknown) => codeOf(error) === '42P01';
      return {
        kind: 'postgres',
        aheadMs,
        durability: durabilityOf(settings),
        ...(await readTables(engine.read, { scope, now: now(), lapsingBefore, isNoTable })),
      };
    } finally {
      await engine.close();
    }
  } catch (error) {
    throw explained(error);
  }
}

/** What the settings say, as PostgreSQL prints them. */
export function durabilityOf(settings: Record<keyof typeof durable, string> | undefined): Durability {
  const failures = Object.entries(durable)
    .filter(([name]) => settings?.[name as keyof typeof durable] === 'off') // the keys are those above
    .map(([name, loss]) => {
      const set = name === 'synchronous_commit' ? 'ALTER DATABASE … SET' : 'ALTER SYSTEM SET';
      return `PostgreSQL runs with ${name}=off, so ${loss}: ${set} ${name} = on.`;
    });
  return { failures, warnings: [] };
}

/** Messages of pg can name users and hosts, and what it makes of an address can hold a password. */
const sentences: Readonly<Record<string, string>> = {
  '28P01': 'PostgreSQL refuses the user or the password in `database`.',
  '28000': 'PostgreSQL refuses the user in `database`: look into its pg_hba.conf.',
  '3D000': 'PostgreSQL has no database of the name in `database`: make it with createdb.',
  '42501':
    'The user in `database` may not read the kit’s tables: make them with that user, or grant it the rights.',
  ENOTFOUND: 'The host in `database` has no address: check its spelling, and this machine’s DNS.',
  ECONNREFUSED: 'Nobody listens where `database` leads: start PostgreSQL, or correct host and port.',
};

function explained(error: unknown): Error {
  const cause = error instanceof StoreUnavailableError ? error.cause : error;
  const code = codeOf(cause);
  const known = sentences[code];
  if (known !== undefined) return new Error(known, { cause });
  if (error instanceof Error && error.message.startsWith('This PostgreSQL')) return error;
  const word = /^\w{1,40}$/.test(code) ? ` (${code})` : '';
  return new Error(
    `PostgreSQL cannot be used as \`database\` says${word}: check host, port, user and name, and that this machine may connect.`,
    { cause },
  );
}
