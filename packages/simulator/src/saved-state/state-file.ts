import { open, readFile, rename } from 'node:fs/promises';
import { createKeeper, type Keeper } from './keeper.ts';
import { SavedStateError, unusable } from './saved-state.ts';

/** What is in the file, parsed; undefined when there is no such file yet. Rejects with SavedStateError. */
export async function readStateFile(path: string): Promise<unknown> {
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new SavedStateError(`The state file ${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(new SavedStateError('it is not JSON', { cause }), path);
  }
}

/** Replaces the file by `text` at once: whoever reads it finds the old one or the new one, whole. */
async function writeStateFile(path: string, text: string): Promise<void> {
  const draft = `${path}.tmp`;
  try {
    // Tokens and codes of the simulator are in it: for its owner only.
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    throw new SavedStateError(`The state file ${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

/** Saves to the file now, and from then on what changes. Rejects with SavedStateError when it cannot be written. */
export async function keepStateFile(
  path: string,
  { writeState, later }: { writeState: () => string; later: (ms: number, run: () => void) => () => void },
): Promise<Keeper> {
  let written: string | undefined;
  const save = async (): Promise<void> => {
    const text = writeState();
    if (text === written) return;
    await writeStateFile(path, text);
    written = text;
  };
  await save();
  const report = (problem: unknown) => process.emitWarning(messageOf(problem));
  const keeper = createKeeper({ save, report, later });
  // Something may have happened while the file was written.
  keeper.changed();
  return keeper;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
