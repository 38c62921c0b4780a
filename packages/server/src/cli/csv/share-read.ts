import type { OpenedFile } from './open-file.ts';

/** How much of a file was read, for a line of progress: `, 12 % of the file`, or nothing where nobody can tell. */
export function shareRead({ read }: Pick<OpenedFile, 'read'>): string {
  const part = read();
  return part === undefined ? '' : `, ${Math.floor(part * 100)} % of the file`;
}
