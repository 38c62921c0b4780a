import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { until, within } from '../../torture/support/until.ts';

/** A PostgreSQL server of one test alone, which it may stop as a power cut would. */
export interface OwnPostgres {
  url: string;
  /** What `pg_ctl stop -m immediate` does: every process of the server quits at once, and nothing is written any more. */
  stopImmediately(): Promise<void>;
  /** Starts it on its data and its port; resolves when it is through its recovery and answers. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

const run = promisify(execFile);

/** Milliseconds. */
const patience = 60_000;

/** Makes a server, and starts it. */
export async function createOwnPostgres(): Promise<OwnPostgres> {
  const as = await unprivilegedUser();
  const folder = await mkdtemp(join(tmpdir(), 'signup-own-postgres-'));
  const data = join(folder, 'data');
  const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, ...as };
  let server: ChildProcess | undefined;
  let log = '';
  const stopImmediately = async () => {
    if (server === undefined) return;
    const gone = once(server, 'close');
    server.stdin?.end();
    server = undefined;
    await within(patience, 'the server is gone', gone);
  };
  let isRemoved = false;
  const remove = async () => {
    isRemoved = true;
    await stopImmediately();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (as !== undefined) await chown(folder, as.uid, as.gid);
    const bin = await serverPrograms(folder, options);
    const password = randomBytes(16).toString('hex');
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (as !== undefined) await chown(passwordFile, as.uid, as.gid);
    const auth = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    const form = ['-E', 'UTF8', '--no-locale', '--no-sync'];
    await run(join(bin, 'initdb'), ['-D', data, ...auth, ...form], options);
    const port = await freePort();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    const settings = [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      'fsync=on',
      'synchronous_commit=on',
    ].flatMap((setting) => ['-c', setting]);
    const start = async () => {
      // A test that failed may still be at it.
      if (isRemoved) throw new Error('the server was removed');
      // The shell ends the server when its input ends: when this test says so, and also when this test dies.
      const keeper = '"$0" "$@" </dev/null & server=$!; read -r _; kill -QUIT $server; wait $server';
      const child = spawn('sh', ['-c', keeper, join(bin, 'postgres'), '-D', data, ...settings], {
        ...options,
        stdio: ['pipe', 'ignore', 'pipe'],
      });
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4_000)));
      server = child;
      await until('the server answers', () => answers(url), { ms: patience, every: 25 }).catch(
        (error: unknown) => {
          throw new Error(`${String(error)}: ${log}`, { cause: error });
        },
      );
    };
    await start();
    return { url, stopImmediately, start, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Whether a server lets somebody in. */
async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where `initdb` and `postgres` are, for a user who may not look everywhere. */
async function serverPrograms(folder: string, options: { uid?: number; gid?: number }): Promise<string> {
  const tool = new URL('../../../../../tools/find-postgres.mjs', import.meta.url).href;
  const script = `import(${JSON.stringify(tool)}).then(async (m) => console.log(await m.findPostgres()))`;
  const { stdout } = await run(process.execPath, ['-e', script]);
  const found = stdout.trim();
  const works = await run(join(found, 'postgres'), ['--version'], options).then(
    () => true,
    () => false,
  );
  if (works) return found;
  const copy = join(folder, 'server');
  await cp(join(found, '..'), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([user]) => user === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
