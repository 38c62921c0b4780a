// The process that owns one throw-away PostgreSQL: `node keep-postgres.mjs BIN_FOLDER`.
// Says `{"url"}` or `{"error"}` on standard output; stops the server and removes everything when standard input ends.
// @ts-check
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { canConnect } from './can-connect.mjs';
import { runCommand } from './run-command.mjs';

// Whoever signals the keeper directly means the server too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void finish());
// The parent may be gone before it was told; that must not keep us from tidying up.
process.stdout.on('error', () => {});

const folder = mkdtempSync(join(tmpdir(), 'signup-postgres-'));
const data = join(folder, 'data');
const log = join(folder, 'server.log');
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let finishing = false;

process.stdin
  .on('end', () => void finish())
  .on('error', () => void finish())
  .resume();
const starting = start(process.argv[2] ?? '');
try {
  console.log(JSON.stringify({ url: await starting }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  await finish();
}

/** @param {string} programs */
async function start(programs) {
  const as = await unprivilegedUser();
  const options = { cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, ...as };
  if (as) chownSync(folder, as.uid, as.gid);

  let bin = programs;
  // A clone in root's home is closed to the user the server runs as.
  if ((await runCommand(join(bin, 'postgres'), ['--version'], options)).code !== 0) {
    cpSync(join(programs, '..'), join(folder, 'server'), { recursive: true, verbatimSymlinks: true });
    bin = join(folder, 'server', 'bin');
  }

  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as) chownSync(passwordFile, as.uid, as.gid);
  const made = await runCommand(
    join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
    ],
    options,
  );
  if (made.code !== 0) throw new Error(`initdb: ${made.output.trim().slice(-500)}`);

  // A port found free can be taken before the server gets there.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
    server = spawn(join(bin, 'postgres'), serverArguments(port), {
      ...options,
      stdio: ['ignore', openSync(log, 'a'), openSync(log, 'a')],
    });
    if (await answers(url, server)) return url;
    await stopServer();
    if (attempt === 3) throw new Error(readFileSync(log, 'utf8').trim().slice(-500));
  }
}

/** @param {number} port */
function serverArguments(port) {
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    // Over TCP only: the path of a socket has a limit that temporary folders exceed.
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
    // What the kit promises is tested as in production.
    'fsync=on',
    'synchronous_commit=on',
  ];
  return ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
}

/** @param {string} url @param {import('node:child_process').ChildProcess} child */
async function answers(url, child) {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline && child.exitCode === null && child.pid !== undefined) {
    if ((await canConnect(url)) === undefined) return true;
    await pause(25);
  }
  return false;
}

async function stopServer() {
  if (
    server === undefined ||
    server.pid === undefined ||
    server.exitCode !== null ||
    server.signalCode !== null
  )
    return;
  const gone = once(server, 'exit');
  // Ends open connections and rolls back; nobody needs this data again, so a slow shutdown is cut short.
  server.kill('SIGINT');
  const hurry = setTimeout(() => server?.kill('SIGQUIT'), 5_000);
  await gone;
  clearTimeout(hurry);
}

async function finish() {
  if (finishing) return;
  finishing = true;
  await starting.catch(() => {});
  await stopServer();
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, name])));
    if (uid?.code === 0 && gid?.code === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

/** @returns {Promise<number>} */
async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
