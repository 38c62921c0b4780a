import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';

/** The bytes of a file, as they are read. */
export interface OpenedFile {
  chunks: AsyncIterable<Uint8Array>;
  /** How much of it was read, from 0 to 1; `undefined` when nobody knows how long it is. */
  read(): number | undefined;
}

/**
 * Opens a file to be read once, from its beginning; `-` is what comes in by stdin.
 *
 * @throws CliError with a sentence when it cannot be read
 */
export async function openFile(file: string, stdin: AsyncIterable<Uint8Array>): Promise<OpenedFile> {
  if (file === '-') return { chunks: stdin, read: () => undefined };
  const size = await sizeOf(file);
  let done = 0;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file)) {
      const bytes = chunk as Uint8Array; // no encoding was asked for
      done += bytes.length;
      yield bytes;
    }
  }
  return { chunks: chunks(), read: () => (size > 0 ? Math.min(1, done / size) : undefined) };
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new CliError(`${file} is not there.`);
  if (found.isDirectory()) throw new CliError(`${file} is a folder, not a file.`);
  return found.size;
}
