import { unknownPath } from '../errors/general-errors.ts';

/** A Graph path taken apart. */
export interface GraphPath {
  /** The version that serves the call, for the `facebook-api-version` header. */
  readonly version: string;
  /** The path without its version: `/123/register`. */
  readonly path: string;
}

/**
 * Takes the version off a path. Without one, the newest serves the call; a version that is no longer usable is
 * served by the oldest that is (versioning guide). Throws GraphError 2500 for a version that does not exist.
 */
export function parseGraphPath(pathname: string, usable: readonly string[]): GraphPath {
  const match = /^\/(v\d+\.\d+)(\/.*)?$/.exec(pathname);
  const newest = usable.at(-1) ?? '';
  if (match === null) return { version: newest, path: pathname };
  const [, asked = '', path = '/'] = match;
  const version = usable.find((candidate) => numberOf(candidate) >= numberOf(asked));
  if (version === undefined) throw unknownPath(`/${asked}`);
  return { version, path };
}

/** The number of a version: 26 of `v26.0`. */
export function numberOf(version: string): number {
  return Number(version.slice(1));
}
