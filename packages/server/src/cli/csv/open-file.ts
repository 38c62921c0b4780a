import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';

/** The bytes of a file, as they are read. */
export interface OpenedFile {
  chunks: AsyncIterable<Uint8Array>;
  /**
   * How much of it was taken, from 0 to 1; `undefined` when nobody knows how long it is, and of a file so short that it comes in
   * a few pieces, which are read long before their rows are done.
   */
  read(): number | undefined;
}

/** So much is read in twenty pieces or so: each moves a share of the whole by a few per cent only. Bytes. */
const long = 1_048_576;

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
      yield bytes;
      // Whoever asks for the next piece has done this one.
      done += bytes.length;
    }
  }
  return { chunks: chunks(), read: () => (size >= long ? Math.min(1, done / size) : undefined) };
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) throw new CliError(`${file} is not there.`);
  if (found.isDirectory()) throw new CliError(`${file} is a folder, not a file.`);
  return found.size;
}
