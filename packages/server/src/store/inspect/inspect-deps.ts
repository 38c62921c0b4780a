import type { Scope } from '../scope.ts';

/** What looking at a database needs. */
export interface InspectDeps {
  scope: Scope;
  /** Milliseconds UTC, by this machine's clock. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Linux's number of the file system that a folder is on. */
  fileSystemOf: (folder: string) => Promise<number>;
}
