// `pnpm manifest`: writes what is generated from the widget's source. With --check it writes nothing, and fails when
// something is not up to date. Both fail when the documentation and the code differ.
//
//   node tools/widget-manifest/write.mjs [the repository's root] [--check]
// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outdated, outputs } from './outputs.mjs';

const root =
  process.argv.slice(2).find((arg) => !arg.startsWith('-')) ??
  fileURLToPath(new URL('../..', import.meta.url));
const { files, problems } = await outputs(root);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else
  for (const path of outdated(root, files))
    if (process.argv.includes('--check')) {
      console.error(`${path} is not up to date: run \`npx -y pnpm@10 manifest\` and commit what it writes.`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), files.get(path) ?? '');
      console.error(`wrote ${path}`);
    }
