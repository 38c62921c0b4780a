/** The class of what the host's function threw. Its message is the host's own and stays there; a name that is no word is none. */
export function nameOfError(error: unknown): string {
  try {
    if (!(error instanceof Error)) return error === null ? 'null' : typeof error;
    const { name } = error;
    return typeof name === 'string' && /^[A-Za-z_$][\w$]{0,63}$/.test(name) ? name : 'Error';
  } catch {
    // Looking at it throws as well.
    return 'Error';
  }
}
