/** What was given is not well formed. `issues` names where and what, and never repeats a value. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly code = 'invalid_request';
  readonly issues: { path: string; message: string }[];

  constructor(issues: { path: string; message: string }[]) {
    const told = issues.slice(0, 3).map(({ path, message }) => `${path === '' ? 'it' : path} ${message}`);
    const more = issues.length > told.length ? `; and ${issues.length - told.length} more` : '';
    super(`Nothing has changed. Correct this first: ${told.join('; ')}${more}.`);
    this.issues = issues;
  }
}
