import { fileURLToPath } from 'node:url';

/** A file or folder of this example, wherever it is started from. `src/` and `dist/` are neighbours, so this holds for both. */
export function inExample(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
