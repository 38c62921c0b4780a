import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The migrations of this version, in order, as their files are called. */
export const migrationNames = readdirSync(
  fileURLToPath(new URL('../../../src/store/migrations', import.meta.url)),
)
  .map((file) => file.replace(/\.ts$/, ''))
  .toSorted();
