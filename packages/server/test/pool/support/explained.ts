import {
  CompiledQuery,
  PostgresQueryCompiler,
  SqliteQueryCompiler,
  type KyselyPlugin,
  type RootOperationNode,
  type Transaction,
} from 'kysely';
import type { Engine } from '../../../src/store/engine/engine.ts';
import type { QueryDeps } from '../../../src/store/scope.ts';
import type { Tables } from '../../../src/store/tables.ts';

/** A query with what the database says about how it would be done. */
export interface Explained {
  sql: string;
  /** SQLite's plan, or PostgreSQL's after it was run. */
  plan: string;
}

/**
 * Runs `act` in a transaction and undoes it.
 *
 * @returns every query of its that reads or changes one of the tables, with its plan
 */
export async function explained(
  engine: Engine,
  act: (trx: Transaction<Tables>, deps: QueryDeps) => Promise<unknown>,
  tables = ['signup_numbers'],
): Promise<Explained[]> {
  const nodes: { node: RootOperationNode }[] = [];
  const recorder: KyselyPlugin = {
    transformQuery({ node }) {
      nodes.push({ node });
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  const compiler = engine.kind === 'sqlite' ? new SqliteQueryCompiler() : new PostgresQueryCompiler();
  const found: Explained[] = [];
  const undone = new Error('undone');
  await engine
    .write(async (trx) => {
      const recorded = trx.withPlugin(recorder);
      const deps: QueryDeps = {
        engine: { ...engine, read: recorded },
        scope: { appId: '1', businessId: '2' },
        leaseMs: 60_000,
        newId: () => 'id',
        destinations: () => [],
      };
      await act(recorded, deps);
      for (const { node } of nodes) {
        const { sql, parameters } = compiler.compileQuery(node, { queryId: 'explained' });
        if (!new RegExp(`\\b(${tables.join('|')})\\b`).test(sql) || sql.startsWith('insert')) continue;
        const how =
          engine.kind === 'sqlite' ? 'explain query plan' : 'explain (analyze, costs off, timing off)';
        const { rows } = await trx.executeQuery<Record<string, unknown>>(
          CompiledQuery.raw(`${how} ${sql}`, [...parameters]),
        );
        const plan = rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n');
        found.push({ sql, plan });
      }
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return found;
}
