import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { engines, openStore, type TestDatabase } from '../support/databases.ts';
import { cipherOf, closedTo, lookAtRest, spoiledFor, type AtRest } from '../secrets/support/at-rest.ts';
import { until } from '../torture/support/until.ts';
import { bundleCli, type Program } from './support/program.ts';
import { meta, resultOf, rotateWith, secret } from './support/rotation.ts';

const [old, fresh, gone] = [secret(0), secret(1), secret(9)];

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

let database: TestDatabase;
let disk: AtRest;
afterEach(async () => {
  await disk.close();
  await database.drop();
});

/** A database with nothing in it but the schema. */
async function open(engine: (typeof engines)[number] | undefined): Promise<void> {
  if (engine === undefined) throw new Error('no engine');
  database = await engine.create();
  const store = await openStore(database.address);
  await store.close();
  disk = lookAtRest(database.address);
}

const configWith = (...secrets: string[]) => cli.config({ meta, database: database.address, secrets });
const rotate = (config: string, ...args: string[]) => rotateWith(cli, config, ...args);

describe('secrets rotate', { timeout: 60_000 }, () => {
  it('says what it has done, and what to do next', async () => {
    await open(engines[0]);
    await disk.seed({ claims: 90, cipher: await cipherOf(old) });
    const config = await configWith(fresh, old);
    const first = await rotate(config);
    expect(first).toMatchObject({
      code: 0,
      out: [
        'sealed anew                     210',
        'current already                 0',
        'changed meanwhile, left alone   0',
        'could not be opened             0',
        '',
      ].join('\n'),
    });
    expect(first.err).toMatch(/^Run it again once every server has the same secret in front/);
    expect(await spoiledFor(await cipherOf(fresh), await disk.cells())).toEqual([]);
    const second = await rotate(config);
    expect(second.out).toContain('sealed anew                     0\ncurrent already                 210\n');
    expect(second.err).toMatch(/^Everything is sealed with the first of `secrets`\./);
  });

  it('prints its result as JSON, and nothing else to stdout', async () => {
    await open(engines[0]);
    await disk.seed({ claims: 3, cipher: await cipherOf(old) });
    const end = await rotate(await configWith(fresh, old), '--json');
    expect(end.code).toBe(0);
    expect(resultOf(end)).toEqual({ sealed: 7, current: 0, changed: 0, unreadable: [], complete: true });
  });

  it('ends with 3 when something could not be opened, names its key, and has done the rest', async () => {
    await open(engines[0]);
    await disk.seed({ claims: 3, cipher: await cipherOf(old) });
    const lost = await cipherOf(gone);
    await disk.seed({ claims: 3, cipher: lost, from: 100 });
    const { kid } = lost.keyOf(await lost.seal('any', 'cell'));
    const end = await rotate(await configWith(fresh, old), '--json');
    expect(end.code).toBe(3);
    expect(resultOf(end)).toMatchObject({ sealed: 7, unreadable: [{ kid, texts: 7 }] });
    expect(end.err).toContain(`error: 7 could not be opened: their key is ${kid}. Put the secret`);
    expect(await rotate(await configWith(fresh, gone))).toMatchObject({ code: 0 });
  });

  it('repeats nothing of a text that says something else than a key', async () => {
    await open(engines[0]);
    const header = Buffer.from(JSON.stringify({ kid: 'CANARY in the place of a name' })).toString(
      'base64url',
    );
    const cipher = {
      ...(await cipherOf(old)),
      seal: () => Promise.resolve(`${header}..CANARY.CANARY.CANARY`),
    };
    await disk.seed({ claims: 1, cipher });
    const end = await rotate(await configWith(fresh, old), '--json');
    expect(end.code).toBe(3);
    expect(resultOf(end)).toMatchObject({ unreadable: [{ kid: null, texts: 3 }] });
    expect(end.err).toContain('3 could not be opened: they name no key.');
  });

  it('stops after the slice under way when it is interrupted, with 130', async () => {
    await open(engines[0]);
    await disk.seed({ claims: 1_500, cipher: await cipherOf(old) });
    const config = await configWith(fresh, old);
    const running = cli.start(['secrets', 'rotate', '--config', config, '--json']);
    const newest = await cipherOf(fresh);
    await until('it has begun', async () => newest.keyOf(await disk.tokenOf(60)).isNewest, { every: 1 });
    running.signal('SIGINT');
    const end = await running.ended;
    expect(end.code).toBe(130);
    expect(end.err).toBe('Interrupted; what is done stays done. Run it again for the rest.\n');
    const { sealed } = resultOf(end);
    const cells = await disk.cells();
    expect(await closedTo(newest, cells)).toHaveLength(cells.length - sealed);
    expect(resultOf(await rotate(config, '--json'))).toMatchObject({ current: sealed, complete: true });
    expect(await spoiledFor(newest, await disk.cells())).toEqual([]);
  });
});
