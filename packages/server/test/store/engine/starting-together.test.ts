import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { createNodesWorld, nodeBefore } from '../../upgrade/support/world.ts';
import { kinds } from './support/kinds.ts';
import { startMigrator, type Migrator } from './support/migrators.ts';

const nodes = 20;
const timeout = process.env['TEST_LONG'] === '1' ? 1_800_000 : 120_000;
const rounds = process.env['TEST_LONG'] === '1' ? 20 : 2;

let bundled: BundledProgram;
let migrators: Migrator[] = [];
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/migrator-program.ts', import.meta.url));
  migrators = await Promise.all(Array.from({ length: nodes }, () => startMigrator(bundled.file)));
}, 60_000);
afterAll(async () => {
  await Promise.all(migrators.map((migrator) => migrator.stop()));
  await bundled.remove();
});

describe.each(kinds)('twenty nodes that start together on $name', { timeout }, ({ name, create }) => {
  it.each([
    ['an empty database', false],
    ['a database of the version before', true],
  ])('migrate %s once, and are all ready', async (_what, hasSchemaBefore) => {
    const model = await create();
    if (hasSchemaBefore) {
      const world = await createNodesWorld(name, 0);
      await (await world.start(nodeBefore, { works: false, database: model.address })).stop();
      await world.close();
    }
    for (let round = 0; round < rounds; round += 1) {
      const database = await model.copy();
      try {
        const before = hasSchemaBefore ? await migrationsIn(database) : [];
        const reports = await Promise.all(
          migrators.map((migrator, n) => migrator.open({ address: database.address, now: 1 + n })),
        );
        const heard = reports.map((report) => (report === 'killed' ? 'killed' : (report.error ?? 'ready')));
        expect(heard).toEqual(migrators.map(() => 'ready'));

        const made = reports.flatMap((report) => (report === 'killed' ? [] : report.statements));
        const applied = (await migrationsIn(database)).filter(
          ({ name: one }) => !before.some((known) => known.name === one),
        );
        expect(applied.length).toBeGreaterThan(0);
        expect(made.filter((text) => text.startsWith('insert into "signup_migrations"'))).toHaveLength(
          applied.length,
        );
        // One of them did all of it.
        expect(new Set(applied.map(({ by }) => by)).size).toBe(1);
      } finally {
        await database.drop();
      }
    }
    await model.drop();
  });
});

async function migrationsIn(database: { rows(sql: string): Promise<unknown[]> }) {
  const rows = await database.rows('select name, applied_at as by from signup_migrations');
  return rows as { name: string; by: unknown }[]; // what was selected
}
