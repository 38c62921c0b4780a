// A process that opens a store, as a node does when it starts, and that can be made to die at one of its statements.
// Bundled by bundle-program.ts, forked by migrators.ts.
import Database from 'better-sqlite3';
import pg from 'pg';
import { createStore } from '../../../../src/store/create-store.ts';
import { openDatabase } from '../../../../src/store/open-database.ts';
import { systemRandom } from '../../../../src/system/system-random.ts';
import type { MigratorOrder, MigratorReport } from './migrators.ts';

let statements: string[] = [];
let dieAt: MigratorOrder['dieAt'];

/** Counts a statement, and ends the process at the one that was asked for. */
function during<T>(text: unknown, run: () => T): T {
  const n = statements.push(String(text));
  if (dieAt?.statement === n && dieAt.side === 'before') process.kill(process.pid, 'SIGKILL');
  const result = run();
  // PostgreSQL has it by now, and nobody hears its answer.
  if (dieAt?.statement === n && dieAt.side === 'after') process.kill(process.pid, 'SIGKILL');
  return result;
}

/** Puts itself before a method. Nothing in the kit knows of it. */
function watch(prototype: object, method: string, textOf: (self: object, args: unknown[]) => unknown): void {
  const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown; // a method of the package's
  Reflect.set(prototype, method, function watched(this: object, ...args: unknown[]): unknown {
    return during(textOf(this, args), () => Reflect.apply(original, this, args));
  });
}

const memory = new Database(':memory:');
const statementPrototype = Object.getPrototypeOf(memory.prepare('select 1')) as object; // of better-sqlite3
memory.close();
watch(Database.prototype, 'exec', (_self, [text]) => text);
for (const method of ['run', 'all']) {
  watch(statementPrototype, method, (self) => Reflect.get(self, 'source'));
}
watch(pg.Client.prototype, 'query', (_self, [query]) =>
  typeof query === 'string' ? query : Reflect.get(query as object, 'text'),
);

async function open({ address, now }: MigratorOrder): Promise<void> {
  const engine = openDatabase(address, {
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onLostConnection: () => undefined,
  });
  const store = createStore({
    engine,
    scope: { appId: '1', businessId: '2' },
    now: () => now,
    defer: (run) => void setImmediate(run),
    leaseMs: 60_000,
    newId: systemRandom.id,
    destinations: () => [],
  });
  try {
    await store.migrate();
    await store.ping();
  } finally {
    await store.close();
  }
}

process.on('message', (order: MigratorOrder) => {
  statements = [];
  ({ dieAt } = order);
  const report = (error?: unknown): void => {
    const said: MigratorReport = {
      statements,
      ...(error === undefined
        ? {}
        : { error: error instanceof Error ? `${error.name}: ${error.message}` : '?' }),
    };
    process.send?.(said);
  };
  open(order).then(() => report(), report);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
