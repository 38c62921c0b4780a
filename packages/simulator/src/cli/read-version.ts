import { createRequire } from 'node:module';
import { isJsonObject } from '../json.ts';

/** The version of this package, from its own `package.json`. */
export function readVersion(): string {
  // By its name, which leads to the same file from the sources and from wherever the build puts this.
  const manifest: unknown = createRequire(import.meta.url)('@embedded-signup-kit/simulator/package.json');
  return isJsonObject(manifest) ? String(manifest['version']) : 'unknown';
}
