// Unpacks the Chromium that ships inside the npm package @sparticuz/chromium (Linux on x64 only).
// @ts-check
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runCommand } from './run-command.mjs';

const require = createRequire(import.meta.url);
const cache = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules', '.cache');

// Plain Debian images lack the network security libraries Chromium links to, and fonts; the package brings both.
// They come last, so that the machine's own libraries win where it has them.
const launcher = `#!/bin/sh
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/al2023/lib"
[ -d /etc/fonts ] || export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="relative">font-cache</cachedir></fontconfig>
`;

/** @returns {Promise<string | undefined>} the program, or undefined where the package has none for this machine */
export async function unpackChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const entry = require.resolve('@sparticuz/chromium');
  const packageFolder = entry.slice(0, entry.lastIndexOf(join('@sparticuz', 'chromium')));
  const manifest = join(packageFolder, '@sparticuz', 'chromium', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));
  const folder = join(cache, `chromium-${version}`);
  const program = join(folder, 'chromium.sh');
  if (await exists(program)) return program;

  console.error(`Unpacking Chromium ${version} from its npm package …`);
  await mkdir(cache, { recursive: true });
  // Made beside its final place and renamed at once: another run never sees half of it.
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    await inflateInto(unfinished);
    await writeFile(join(unfinished, 'fonts.conf'), fonts);
    await writeFile(join(unfinished, 'chromium.sh'), launcher, { mode: 0o755 });
    await chmod(unfinished, 0o755);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(program))) {
      console.error(
        `Chromium could not be unpacked: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }
  return program;
}

/**
 * The package unpacks into the temporary folder and trusts whatever is there already, so it gets one of its own.
 * The variable makes it unpack the libraries too.
 * @param {string} folder
 */
async function inflateInto(folder) {
  const script = `import chromium from ${JSON.stringify(pathToFileURL(require.resolve('@sparticuz/chromium')).href)};
    await (chromium.default ?? chromium).executablePath();`;
  const { code, output } = await runCommand(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
  });
  if (code !== 0) throw new Error(output.trim());
}

/** @param {string} file */
function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
