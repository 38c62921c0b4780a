import type { InspectDatabase } from '../../ports/preflight.ts';
import type { InspectDeps } from './inspect-deps.ts';
import { inspectPostgres } from './inspect-postgres.ts';
import { inspectSqlite } from './inspect-sqlite.ts';

/** Looks at the database that an address names: {@link InspectDatabase}. */
export function inspectDatabase(address: string, deps: InspectDeps): InspectDatabase {
  return ({ lapsingBefore }) =>
    address.startsWith('sqlite:')
      ? inspectSqlite(address.slice('sqlite:'.length), { ...deps, lapsingBefore })
      : inspectPostgres(address, { ...deps, lapsingBefore });
}
