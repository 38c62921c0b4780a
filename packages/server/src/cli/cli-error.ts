/** A failure whose message is all that a person needs. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
