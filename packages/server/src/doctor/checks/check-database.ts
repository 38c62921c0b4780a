import { checkOf, finding, type Finding } from '../check.ts';
import type { InspectedDatabase } from '../../ports/preflight.ts';

const names = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;

/** The database can be reached, and has the schema of this version. */
export const checkDatabase = checkOf('database', ['database'], async ({ facts }) => {
  try {
    const { kind, schema } = await facts.database();
    return { seen: `${names[kind]}, schema current`, findings: ofSchema(schema) };
  } catch (error) {
    // The sentences of whoever looks at it are made to be shown.
    const sentence =
      error instanceof Error ? error.message : 'Look at the option `database` (SIGNUP_DATABASE).';
    return { seen: '', findings: [finding('database_unusable', 'cannot be used', sentence)] };
  }
});

function ofSchema(schema: InspectedDatabase['schema']): Finding[] {
  const migrate = 'run `embedded-signup migrate`, or start a server, which does the same';
  switch (schema) {
    case 'newer':
      return [
        finding(
          'schema_newer',
          'migrated by a newer version',
          'Update this node: it is older than the version of the kit that has migrated the database, and will not start.',
        ),
      ];
    case 'behind':
      return [finding('schema_behind', 'migrations are left to do', `Bring it up to date: ${migrate}.`)];
    case 'missing':
      return [finding('schema_missing', 'not there yet', `Have it made: ${migrate}.`)];
    case 'current':
      return [];
  }
}
