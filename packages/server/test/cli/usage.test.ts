import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationNames } from './support/migration-names.ts';
import { engines } from '../support/databases.ts';
import { bundleCli, type Program } from './support/program.ts';

const canary = 'CANARY-secret-0123456789-0123456789-0123';
const meta = {
  appId: '1',
  appSecret: canary,
  configId: '2',
  businessId: '3',
  systemUserToken: `EAA${canary}`,
};

let cli: Program;
beforeAll(async () => {
  cli = await bundleCli();
});
afterAll(async () => {
  cli.refuseLeaks();
  await cli.remove();
});

describe('the command line', () => {
  it('says what it can do, on stdout', async () => {
    const { code, out, err } = await cli.run(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const word of [
      'pool',
      'claims',
      'worker',
      'migrate',
      'secrets',
      'config',
      '--version',
      'Examples:',
      'Exit codes:',
    ])
      expect(out).toContain(word);
  });

  it.each([
    [['worker', '--help'], '--port <n>'],
    [['help', 'migrate'], '--config <file>'],
    [['secrets', 'rotate', '--help'], '--json'],
    [['config', '--help'], '--json'],
    [['pool', 'help', 'list'], '--status <word>'],
  ])('says what %j can do, with examples', async (args, option) => {
    const { code, out, err } = await cli.run(args);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(option);
    expect(out).toMatch(/Examples:\n {2}\$ embedded-signup \w/);
  });

  it('says its version', async () => {
    expect(await cli.run(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it.each([
    [[], 'Usage: embedded-signup'],
    [['secrets'], 'Usage: embedded-signup secrets'],
    [['wroker'], "error: unknown command 'wroker'\n(Did you mean worker?)"],
    [['secrets', 'forget'], "error: unknown command 'forget'"],
    [['worker'], 'error: there are no options. Name a file with --config <file>, or set META_APP_ID,'],
    [['pool', 'list'], 'error: there are no options. Name a file with --config <file>, or set META_APP_ID,'],
    [['pool'], 'Usage: embedded-signup pool'],
    [['claims'], 'Usage: embedded-signup claims'],
    [['pool', 'lits'], "error: unknown command 'lits'\n(Did you mean list?)"],
    [['pool', 'add'], "error: missing required argument 'numbers'"],
    [['pool', 'show'], "error: missing required argument 'number'"],
    [['pool', 'verify', '1'], "error: missing required argument 'code'"],
    [['pool', 'show', '+1', '555'], 'error: too many arguments'],
    [['pool', 'list', '--limit', '0'], 'It must be a whole number from 1 on.'],
    [['pool', 'list', '--sort', 'age'], 'Allowed choices are expires, id.'],
    [
      ['pool', 'list', '--status', 'unverifed'],
      'It must be one of unverified, free, held, claimed, lapsed, gone,',
    ],
    [['pool', 'list', '--status', 'Verified'], 'or Meta’s word: VERIFIED, NOT_VERIFIED, EXPIRED.'],
    [['pool', 'add', '030', '--country', 'ZZ'], 'It must be an ISO 3166-1 alpha-2 code, such as DE.'],
    [['pool', 'add', '+1', '--as', ''], 'error: --as must be a name of 1 to 100 characters'],
    [['claims', 'list', '--status', 'lost'], 'Allowed choices are received, proven,'],
    [['migrate', '--config'], "error: option '--config <file>' argument missing"],
    [['migrate', '--config', 'a.mjs', '--force'], "error: unknown option '--force'"],
    [['migrate', '--config', 'a.mjs', 'now'], 'error: too many arguments'],
    [['worker', '--config', 'a.mjs', '--port', '70000'], 'It must be a whole number from 0 to 65535.'],
    [['worker', '--config', 'a.mjs', '--port', '-1'], 'It must be a whole number from 0 to 65535.'],
    [['worker', '--config', 'a.mjs', '--port', '1.5'], 'It must be a whole number from 0 to 65535.'],
    [['worker', '--config', 'a.mjs', '--host', '::1'], 'error: --host needs --port'],
  ])('refuses %j as wrong usage, on stderr', async (args, sentence) => {
    const { code, out, err } = await cli.run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });

  it('is without colour where it is not on a terminal', async () => {
    const { err } = await cli.run(['migrate', '--config', 'missing.mjs'], { FORCE_COLOR: '' });
    expect(err).not.toContain('\u001B');
  });
});

describe('a configuration file', () => {
  const failure = async (file: string) => {
    const { code, out, err } = await cli.run(['worker', '--config', file]);
    expect([code, out]).toEqual([1, '']);
    return err;
  };
  const failureOf = async (name: string, text: string) => {
    await cli.write(name, text);
    return failure(name);
  };

  it('is not needed where the environment has the options; what is missing there is named, with both ways', async () => {
    const env = {
      META_APP_ID: '1',
      META_APP_SECRET: canary,
      META_CONFIG_ID: '2',
      META_BUSINESS_ID: '3',
      META_SYSTEM_USER_TOKEN: canary,
      SIGNUP_SECRETS: canary,
      SIGNUP_DATABASE: 'sqlite:./environment.db',
    };
    expect(await cli.run(['migrate'], env)).toMatchObject({ code: 0 });
    expect(await cli.run(['pool', 'overview', '--json'], env)).toMatchObject({ code: 0, err: '' });
    expect(await cli.run(['pool', 'list'], { ...env, META_APP_ID: '' })).toMatchObject({
      code: 1,
      out: '',
      err: 'error: without --config <file> the options come from the environment, and these options need a change:\n  META_APP_ID is not set\n',
    });
  });

  it('that is missing is a sentence', async () => {
    expect(await failure('missing.mjs')).toBe(
      'error: missing.mjs is not there. --config names a .js or .mjs file.\n',
    );
  });

  it.each(['options.json', 'options.yaml'])('that is %s is a sentence', async (name) => {
    expect(await failureOf(name, '{}')).toBe(
      `error: ${name} is no JavaScript. --config names a .js or .mjs file.\n`,
    );
  });

  it('that is a folder is a sentence', async () => {
    await mkdir(join(cli.folder, 'folder'));
    expect(await failure('folder')).toContain('folder is not a file.');
  });

  it('without a default export is a sentence', async () => {
    const err = await failureOf('named.mjs', `export const options = {};`);
    expect(err).toContain('error: named.mjs has no default export. Write: export default');
  });

  it.each(['42', 'null', '[]', '() => undefined', 'async () => "text"'])(
    'whose default export is %s is a sentence',
    async (exported) => {
      const err = await failureOf('other.mjs', `export default ${exported};`);
      expect(err).toContain('error: other.mjs must export the options of createEmbeddedSignup');
    },
  );

  it('that throws while it is loaded is a sentence', async () => {
    const err = await failureOf('throws.mjs', `throw new Error('the vault is locked');`);
    expect(err).toBe('error: throws.mjs cannot be loaded: the vault is locked\n');
  });

  it.each([
    ['throws', `export default () => { throw new Error('the vault is locked'); };`],
    ['rejects', `export default async () => { throw new Error('the vault is locked'); };`],
  ])('whose function %s is a sentence', async (_how, text) => {
    const err = await failureOf('function.mjs', text);
    expect(err).toBe('error: the function that function.mjs exports has thrown: the vault is locked\n');
  });

  it.each([`['${canary}'] oops`, `[${canary.replaceAll('-', '')}] CANARY`])(
    'with a syntax error says how to find it, and not what stands there: %#',
    async (secrets) => {
      const err = await failureOf('syntax.mjs', `export default {\n  secrets: ${secrets}\n};`);
      expect(err).toContain('error: syntax.mjs cannot be loaded: it, or a file that it imports, is no valid');
    },
  );

  it('that imports a name that is not there says so', async () => {
    const err = await failureOf('name.mjs', `import { optionsFromFile } from 'node:fs'; export default {};`);
    expect(err).toContain("does not provide an export named 'optionsFromFile'");
  });

  it('that imports what is not there says so', async () => {
    const err = await failureOf('imports.mjs', `import './nowhere.mjs'; export default {};`);
    expect(err).toContain('error: imports.mjs cannot be loaded: Cannot find module');
  });

  it('whose options cannot work names every problem', async () => {
    const text = `export default { meta: { appId: 'x', appSecret: '${canary}' }, secrets: ['CANARY'] };`;
    const [first, ...lines] = (await failureOf('problems.mjs', text)).trimEnd().split('\n');
    expect(first).toBe('error: these options need a change:');
    expect(lines.map((line) => /^ {2}(\S+) \S/.exec(line)?.[1])).toEqual([
      'meta.appId',
      'meta.configId',
      'meta.businessId',
      'meta.systemUserToken',
      'secrets.0',
    ]);
  });

  it('whose environment cannot work names every variable', async () => {
    // As optionsFromEnv() of another copy of this package throws it.
    const text = `throw Object.assign(new TypeError('x'), {
      code: 'config_invalid',
      problems: [{ option: 'META_APP_ID', message: 'is not set' }, { option: 'SIGNUP_SECRETS', message: 'is not set' }],
    });`;
    expect(await failureOf('env.mjs', text)).toBe(
      'error: env.mjs cannot be loaded: these options need a change:\n  META_APP_ID is not set\n  SIGNUP_SECRETS is not set\n',
    );
  });

  it('with a database that cannot be opened is a sentence', async () => {
    const config = await cli.config({ meta, database: 'sqlite:./folder', secrets: [canary] });
    expect(await failure(config)).toContain('error: The database file ./folder cannot be opened');
    const nobody = `postgres://ada:CANARY-password@127.0.0.1:1/db`;
    const other = await cli.config({ meta, database: nobody, secrets: [canary] });
    expect(await failure(other)).toMatch(/^error: PostgreSQL cannot be reached .* \(ECONNREFUSED\)\n$/);
  });
});

describe('migrate', () => {
  it.each(engines)('prints what was applied, the first time alone, on $name', async ({ create }) => {
    const database = await create();
    try {
      const config = await cli.config({ meta, database: database.address, secrets: [canary] });
      const first = await cli.run(['migrate', '--config', config]);
      expect(first).toMatchObject({ code: 0, out: `${migrationNames.join('\n')}\n` });
      expect(first.err).toContain(`The schema is up to date; ${migrationNames.length} applied`);
      const second = await cli.run(['migrate', '--config', config]);
      expect(second).toMatchObject({ code: 0, out: '' });
      expect(second.err).toContain('The schema is up to date; there was nothing to apply');
    } finally {
      await database.drop();
    }
  });

  it('takes options from a function, and from a CommonJS file', async () => {
    const options = JSON.stringify({ meta, database: 'sqlite:./function.db', secrets: [canary] });
    await cli.write('async.mjs', `export default async () => (${options});`);
    expect(await cli.run(['migrate', '--config', './async.mjs'])).toMatchObject({ code: 0 });
    await cli.write('common.cjs', `module.exports = ${options};`);
    expect(await cli.run(['migrate', '--config', 'common.cjs'])).toMatchObject({ code: 0, out: '' });
  });

  it('ends although the configuration keeps something open', async () => {
    const options = JSON.stringify({ meta, database: 'sqlite:./open.db', secrets: [canary] });
    await cli.write('open.mjs', `setInterval(() => {}, 1000); export default ${options};`);
    expect(await cli.run(['migrate', '--config', 'open.mjs'])).toMatchObject({ code: 0 });
  });

  it('refuses a database of a newer version with a sentence', async () => {
    const database = await engines[0]?.create();
    if (database === undefined) throw new Error('no database');
    const config = await cli.config({ meta, database: database.address, secrets: [canary] });
    await cli.run(['migrate', '--config', config]);
    const { default: Database } = await import('better-sqlite3');
    const file = new Database(database.address.slice('sqlite:'.length));
    file.exec(`insert into signup_migrations (name, applied_at) values ('9999-later', 0)`);
    file.close();
    const { code, err } = await cli.run(['migrate', '--config', config]);
    await database.drop();
    expect(code).toBe(1);
    expect(err).toContain('was migrated by a newer version of the kit (9999-later)');
  });
});
