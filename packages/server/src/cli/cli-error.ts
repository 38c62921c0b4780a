/** A failure whose message is all that a person needs. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
}

/** The command line cannot be understood as it is: exit code 2. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
}
