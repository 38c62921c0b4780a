import { sql, type Kysely } from 'kysely';
import type { InspectedDatabase, PoolCounts } from '../../ports/preflight.ts';
import { migrationNames } from '../migrate.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Which rows are meant, and which moments. Milliseconds UTC. */
export interface ReadTablesInput {
  scope: Scope;
  now: number;
  lapsingBefore: number;
  /** Whether an error says that a table is not there: the engines have different words for it. */
  isNoTable: (error: unknown) => boolean;
}

/** What the tables say, on either engine. Only reads. */
export async function readTables(
  db: Kysely<Tables>,
  { scope, now, lapsingBefore, isNoTable }: ReadTablesInput,
): Promise<Pick<InspectedDatabase, 'schema' | 'pool'>> {
  const schema = await schemaOf(db, isNoTable);
  // A newer version may have more than this one knows; what this one reads is still there.
  const isReadable = schema === 'current' || schema === 'newer';
  return { schema, pool: isReadable ? await countPool(db, scope, now, lapsingBefore) : undefined };
}

async function schemaOf(
  db: Kysely<Tables>,
  isNoTable: (error: unknown) => boolean,
): Promise<InspectedDatabase['schema']> {
  try {
    const { rows } = await sql<{ name: string }>`select name from signup_migrations`.execute(db);
    const applied = rows.map(({ name }) => name);
    if (applied.some((name) => !migrationNames.includes(name))) return 'newer';
    return migrationNames.every((name) => applied.includes(name)) ? 'current' : 'behind';
  } catch (error) {
    if (isNoTable(error)) return 'missing';
    throw error;
  }
}

async function countPool(
  db: Kysely<Tables>,
  { appId, businessId }: Scope,
  now: number,
  lapsingBefore: number,
): Promise<PoolCounts> {
  const isFree = sql`verification_status = 'VERIFIED'
    and (verification_expires_at is null or verification_expires_at > ${now})
    and (held_by is null or held_until is null or held_until <= ${now})`;
  const { rows } = await sql<Record<keyof PoolCounts, number | string | null>>`
    select count(*) as "listed",
      sum(case when ${isFree} then 1 else 0 end) as "free",
      sum(case when ${isFree} and verification_expires_at < ${lapsingBefore} then 1 else 0 end) as "freeAndLapsing"
    from signup_numbers
    where app_id = ${appId} and business_id = ${businessId} and gone_at is null and claim_id is null
  `.execute(db);
  const [counts] = rows;
  return {
    listed: Number(counts?.listed ?? 0),
    free: Number(counts?.free ?? 0),
    freeAndLapsing: Number(counts?.freeAndLapsing ?? 0),
  };
}
