// The last resort on a Debian machine where we are root, as in a container of a CI service.
// @ts-check
import { access } from 'node:fs/promises';
import { runCommand } from './run-command.mjs';

const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
/** @type {Promise<unknown> | undefined} */
let listsUpdated;

/**
 * @param {string} name
 * @returns {Promise<boolean>} whether the package was installed
 */
export async function installDebianPackage(name) {
  if (process.getuid?.() !== 0) return false;
  const present = await access('/usr/bin/apt-get').then(
    () => true,
    () => false,
  );
  if (!present) return false;
  console.error(`Installing Debian's package ${name} with apt-get …`);
  await (listsUpdated ??= runCommand('apt-get', ['update', '-q'], { env }));
  const { code, output } = await runCommand('apt-get', ['install', '-y', '--no-install-recommends', name], {
    env,
  });
  if (code !== 0) console.error(output.trimEnd().split('\n').slice(-3).join('\n'));
  return code === 0;
}
