// `pnpm demo`: the example site with a simulated Meta, ready to click through. `--port 4000` moves it.
// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackages } from './build-packages.mjs';

const example = fileURLToPath(new URL('../examples/onboarding', import.meta.url));
const program = join(example, 'dist', 'main.js');
const args = process.argv.slice(2).filter((arg) => arg !== '--');

console.error(
  'Demo: a site that onboards customers, with Meta simulated on this machine. No account is needed.',
);
if (!(await buildPackages(['examples/onboarding']))) {
  console.error('The build failed; nothing was started.');
  process.exit(1);
}
await access(program).catch(() => {
  console.error(`The build made no ${program}.`);
  process.exit(1);
});

// In a process group of its own: the terminal would send Ctrl-C to both, and the site would be stopped twice.
const site = spawn(process.execPath, [program, ...args], {
  cwd: example,
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
});
const ended = once(site, 'exit');
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
// Who ends pnpm alone ends its shell, not us: without this the site would stay behind and keep its port.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop(), 1000).unref();
// The last chance, for when this process ends by an error of its own.
process.on('exit', () => site.kill('SIGKILL'));

const [code] = await ended;
process.exitCode = stopping ? 0 : (code ?? 1);

function stop() {
  if (stopping) return;
  stopping = true;
  console.error('Stopping …');
  site.kill('SIGTERM');
  // A browser that holds a connection open must not keep the terminal.
  setTimeout(() => site.kill('SIGKILL'), 10_000).unref();
}
