/** The part of a stream that this needs. */
export interface WatchedOutput {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Listens for what goes wrong while stdout is written to, so that nothing of it ends the process.
 *
 * @returns tells the sentence for a person, or `undefined`. Whoever reads our output may go away, as `head` does: that is none.
 */
export function watchOutput(stdout: WatchedOutput): () => string | undefined {
  let first: NodeJS.ErrnoException | undefined;
  stdout.on('error', (error) => (first ??= error));
  return () => {
    if (first === undefined || first.code === 'EPIPE') return undefined;
    const why = first.code === 'ENOSPC' ? 'no space is left there (ENOSPC)' : (first.code ?? first.name);
    return `What was asked for could not all be written to stdout: ${why}.`;
  };
}
