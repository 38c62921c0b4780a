import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { HostEventDestination } from '../../src/ports/host-events.ts';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/create-store.ts';
import { systemRandom } from '../../src/system/system-random.ts';
import { t0 } from '../../src/testing/contract/contract-case.ts';
import { dropDatabase, migratedTemplate, postgresAddress, query } from './postgres-template.ts';
import { openEngine } from './open-engine.ts';

/** A database of one test's own, of one kind. */
export interface TestDatabase {
  /** For `openDatabase` and for the option `database`. */
  address: string;
  drop(): Promise<void>;
}

/** A kind of database. */
export interface Engine {
  name: string;
  /** A database without any table. */
  create(): Promise<TestDatabase>;
  /** A database with all tables, as a host of this version leaves it at its first start. */
  createMigrated(): Promise<TestDatabase>;
}

/** Both engines. */
export const engines: Engine[] = [
  {
    name: 'SQLite',
    create: () => createFile(),
    createMigrated: async () => createFile(await migratedFile()),
  },
  {
    name: 'PostgreSQL',
    create: () => createDatabase(inject('postgresUrl'), 'template1'),
    async createMigrated() {
      const server = inject('postgresUrl');
      return createDatabase(server, await migratedTemplate(server, migrate));
    },
  },
];

async function createFile(template?: Buffer): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'signup-test-'));
  const file = join(folder, 'signup.db');
  if (template !== undefined) await writeFile(file, template);
  return { address: `sqlite:${file}`, drop: () => rm(folder, { recursive: true, force: true }) };
}

let template: Promise<Buffer> | undefined;

/** What is in a file with all tables: copying it takes a tenth of the time that making them does. */
function migratedFile(): Promise<Buffer> {
  const make = async () => {
    const { address, drop } = await createFile();
    await migrate(address);
    const bytes = await readFile(address.slice('sqlite:'.length));
    await drop();
    return bytes;
  };
  template ??= make();
  return template;
}

async function createDatabase(server: string, from: string): Promise<TestDatabase> {
  const name = `signup_${randomUUID().replaceAll('-', '')}`;
  await query(server, `create database ${name} template ${from}`);
  return { address: postgresAddress(server, name), drop: () => dropDatabase(server, name) };
}

async function migrate(address: string): Promise<void> {
  const store = await openStore(address);
  await store.close();
}

/** A migrated store on a database, as one node would open it. */
export async function openStore(
  address: string,
  leaseMs = 60_000,
  destinations: readonly HostEventDestination[] = ['handler'],
  scope = { appId: '1', businessId: '2' },
): Promise<Store> {
  const engine = openEngine(address);
  const store = createStore({
    engine,
    scope,
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs,
    newId: systemRandom.id,
    destinations: () => destinations,
  });
  try {
    await store.migrate();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
}
