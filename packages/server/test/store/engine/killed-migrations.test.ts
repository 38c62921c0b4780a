import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProgram, type BundledProgram } from '../../support/bundle-program.ts';
import { chanceOf } from '../../support/chance.ts';
import { createCrowd } from '../../upgrade/support/crowd.ts';
import { createNodesWorld, nodeBefore } from '../../upgrade/support/world.ts';
import { kinds, type Copyable } from './support/kinds.ts';
import { startMigrator } from './support/migrators.ts';

const isLong = process.env['TEST_LONG'] === '1';
const timeout = isLong ? 1_800_000 : 120_000;
/** Of the statements on an empty database; the short form kills at so many of them. */
const onEmpty = isLong ? Number.POSITIVE_INFINITY : 6;
const onDataBefore = isLong ? Number.POSITIVE_INFINITY : 10;
const seed = Number(process.env['TORTURE_SEED'] ?? randomInt(2 ** 31));
const customers = 6;

let bundled: BundledProgram;
beforeAll(async () => {
  bundled = await bundleProgram(new URL('support/migrator-program.ts', import.meta.url));
});
afterAll(() => bundled.remove());

/** A process for one order. */
async function openOnce(
  address: string,
  dieAt?: { statement: number; side: 'before' | 'after' },
): Promise<string[] | 'killed'> {
  const migrator = await startMigrator(bundled.file);
  try {
    const report = await migrator.open({ address, now: 1, dieAt });
    if (report === 'killed') return report;
    expect(report.error).toBeUndefined();
    return report.statements;
  } finally {
    await migrator.stop();
  }
}

/** What must be the same whatever happened to the schema. */
async function dataIn(database: Copyable): Promise<unknown[][]> {
  const data: unknown[][] = [];
  for (const text of [
    'select id, customer_id, status, phone_number_id, sealed_token, pool_number_id from signup_claims order by id',
    'select id, phone_number, claim_id, held_by from signup_numbers order by id',
    'select claim_id, position, what, status from signup_claim_history order by claim_id, position',
    'select id, customer_id from signup_sessions order by id',
    'select phone_number_id, sealed_pin from signup_pins order by phone_number_id',
  ]) {
    data.push(await database.rows(text));
  }
  return data;
}

describe.each(kinds)('a migration that is killed, on $name', { timeout }, ({ name, create }) => {
  it.each([
    ['on an empty database', false, onEmpty],
    ['on a database of the version before, with claims', true, onDataBefore],
  ])(
    '%s, has changed all or nothing at whichever statement; the next start completes it',
    async (_what, hasData, most) => {
      const model = await create();
      const copies = [model];
      try {
        if (hasData) await fill(name, model);
        const whole = await model.copy();
        copies.push(whole);
        const data = hasData ? await dataIn(model) : [];
        if (hasData) expect(data[0]).toHaveLength(customers);
        const before = await model.schema();
        // Once without dying, to know the statements and what comes out.
        const statements = await openOnce(whole.address);
        if (statements === 'killed') throw new Error('nobody asked it to die');
        const after = await whole.schema();
        expect(after).not.toBe(before);
        if (hasData) expect(await dataIn(whole)).toEqual(data);

        const outcomes = { before: 0, after: 0 };
        for (const dieAt of deathsOf(statements, most)) {
          const why = `killed ${dieAt.side} ${dieAt.statement} of ${statements.length}: ${statements[dieAt.statement - 1]}`;
          const database = await model.copy();
          copies.push(database);
          expect(await openOnce(database.address, dieAt), `TORTURE_SEED=${seed}, ${why}`).toBe('killed');
          const left = await database.schema();
          expect([before, after], `TORTURE_SEED=${seed}, ${why}`).toContain(left);
          outcomes[left === after ? 'after' : 'before'] += 1;
          if (hasData) expect(await dataIn(database), `TORTURE_SEED=${seed}, ${why}`).toEqual(data);

          expect(await openOnce(database.address), `TORTURE_SEED=${seed}, ${why}`).not.toBe('killed');
          expect(await database.schema(), `TORTURE_SEED=${seed}, ${why}`).toBe(after);
          if (hasData) expect(await dataIn(database), `TORTURE_SEED=${seed}, ${why}`).toEqual(data);
          await database.drop();
          copies.pop();
        }
        process.stdout.write(
          `${name}, ${hasData ? 'with data' : 'empty'}: ${statements.length} statements, killed at ${outcomes.before + outcomes.after}: ` +
            `${outcomes.before} times nothing was changed, ${outcomes.after} times everything\n`,
        );
        expect(outcomes.before).toBeGreaterThan(0);
        expect(outcomes.after).toBeGreaterThan(0);
      } finally {
        for (const database of copies) await database.drop();
      }
    },
  );
});

/** Claims of a node of the version before. */
async function fill(engine: string, model: Copyable): Promise<void> {
  const world = await createNodesWorld(engine, customers);
  try {
    const node = await world.start(nodeBefore, { database: model.address });
    const crowd = createCrowd({ sim: world.sim, url: () => node.url });
    await node.started;
    for (let n = 0; n < customers; n += 1) await crowd.signUp(`customer-${n}`);
    await crowd.settled();
    await node.stop();
  } finally {
    await world.close();
  }
}

/** At every statement, or at some of them: always around the commit. */
function deathsOf(
  statements: readonly string[],
  most: number,
): { statement: number; side: 'before' | 'after' }[] {
  const chance = chanceOf(seed);
  const commit = statements.lastIndexOf('commit') + 1;
  const around = (['before', 'after'] as const).map((side) => ({ statement: commit, side }));
  const others = statements.flatMap((_, index) =>
    (['before', 'after'] as const).map((side) => ({ statement: index + 1, side })),
  );
  while (others.length > most - around.length) others.splice(chance.below(others.length), 1);
  return [...around, ...others];
}
