import { tmpdir } from 'node:os';
import { resolve, sep } from 'node:path';

/** Linux's numbers of file systems (statfs(2)) that a database should not be on, and why. */
const unfit: ReadonlyMap<number, string> = new Map([
  ...[0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x00c36400, 0x5346414f].map(
    (type) =>
      [type, 'is on a network or user-space file system, where SQLite cannot promise a commit'] as const,
  ),
  ...[0x01021994, 0x858458f6].map((type) => [type, 'is in memory, and gone after a restart'] as const),
  [0x794c7630, 'is in the layer of a container, and gone with it'],
]);

/** Why a file should be elsewhere, or `undefined`. @param type the number of its file system */
export function whyElsewhere(path: string, type: number): string | undefined {
  const why = unfit.get(type >>> 0);
  if (why !== undefined) return why;
  const folders = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'];
  return folders.some((folder) => resolve(path).startsWith(folder + sep))
    ? 'is in a folder for temporary files, which systems empty'
    : undefined;
}
