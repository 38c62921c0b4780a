import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleCli, type Program } from './support/program.ts';

const canary = 'CANARY-secret-0123456789-0123456789-0123';
const meta = { appId: '1', appSecret: canary, configId: '2', businessId: '3', systemUserToken: canary };

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

const configFor = (database: string) => cli.config({ meta, database, secrets: [canary] });

describe('a SQLite file that is not there', { timeout: 60_000 }, () => {
  it.each([
    'pool list',
    'pool list --json',
    'pool overview --json',
    'pool show 1',
    'pool add +15550107777 --json',
    'pool import -',
    'pool sync',
    'pool delete 1 --yes',
    'pool verify 1 123456 --json',
    'claims list',
    'claims import -',
    'secrets rotate --json',
  ])('is refused before anything is made, by %s', async (command) => {
    const config = await configFor('sqlite:./typo/signup.db');
    const args = [...command.split(' '), '--config', config];
    const end = await cli.run(args, { USER: 'ann' }, '+15550107777\n');
    expect(end).toMatchObject({
      code: 1,
      out: '',
      err: `error: There is no database at ${join(cli.folder, 'typo/signup.db')}: check \`database\` (SIGNUP_DATABASE), or make it with: embedded-signup migrate\n`,
    });
    expect(existsSync(join(cli.folder, 'typo'))).toBe(false);
  });

  it('is refused where it is the default as well', async () => {
    const config = await cli.config({ meta, secrets: [canary] });
    const end = await cli.run(['pool', 'list', '--config', config]);
    expect(end.err).toContain(`There is no database at ${join(cli.folder, 'data/signup.db')}: `);
    expect(existsSync(join(cli.folder, 'data'))).toBe(false);
  });

  it('is made by migrate, and then every command takes it', async () => {
    const config = await configFor('sqlite:./made/signup.db');
    expect(await cli.run(['migrate', '--config', config])).toMatchObject({ code: 0 });
    expect(existsSync(join(cli.folder, 'made/signup.db'))).toBe(true);
    expect(await cli.run(['pool', 'list', '--json', '--config', config])).toMatchObject({
      code: 0,
      out: '[]\n',
    });
  });

  it('is made by a worker, which may be the first process there is', async () => {
    const config = await configFor('sqlite:./worked/signup.db');
    const worker = cli.start(['worker', '--config', config]);
    await worker.says('works on sqlite:./worked/signup.db');
    worker.signal('SIGTERM');
    expect(await worker.ended).toMatchObject({ code: 0 });
    expect(existsSync(join(cli.folder, 'worked/signup.db'))).toBe(true);
  });

  it('is no matter to a command that needs no database', async () => {
    const config = await configFor('sqlite:./typo/signup.db');
    expect(await cli.run(['config', '--config', config])).toMatchObject({ code: 0 });
    const dry = await cli.run(['pool', 'import', '-', '--dry-run', '--config', config], {}, '+15550107777\n');
    expect(dry).toMatchObject({ code: 0 });
    expect(existsSync(join(cli.folder, 'typo'))).toBe(false);
  });
});
