// Starts a fresh PostgreSQL for one test run.
// A process of its own keeps it: when this process ends, however it ends, the pipe between them closes and the
// keeper stops the server and removes its folder. Signal handlers alone would miss a crash and a `kill -9`.
// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { canConnect } from './can-connect.mjs';
import { findPostgres } from './find-postgres.mjs';

const keeper = fileURLToPath(new URL('keep-postgres.mjs', import.meta.url));

/**
 * `TEST_POSTGRES_URL` names a running server to use instead; its user must be allowed to create databases.
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres() {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) {
    const problem = await canConnect(given);
    if (problem === undefined) return { url: given, stop: async () => {} };
    throw new Error(`TEST_POSTGRES_URL names a server that does not let us in: ${problem}`);
  }
  const child = spawn(process.execPath, [keeper, await findPostgres()], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Out of reach of the terminal's Ctrl-C, so that tests can still tidy up against a living server.
    detached: true,
  });
  const exited = once(child, 'exit');
  const said = Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([line]) => line),
    exited.then(([code]) => JSON.stringify({ error: `its keeper ended with code ${code}` })),
  ]);
  const { url, error } = JSON.parse(await said);
  if (url === undefined) throw new Error(`PostgreSQL did not start: ${error}`);

  // Neither the process nor its pipes keep ours alive.
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) {
    if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
  }
  const stop = async () => {
    child.stdin.end();
    child.ref();
    await exited;
  };
  return { url, stop };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url, stop } = await startPostgres();
  console.log(url);
  console.error('Ctrl-C stops it and removes its data.');
  // A referenced handle, because nothing else keeps this process alive.
  const alive = setInterval(() => {}, 2 ** 30);
  process.once('SIGINT', () => {
    clearInterval(alive);
    void stop();
  });
}
