import type { ConfigProblem } from '../config/config-error.ts';

/** What a person is told of a failure: sentences, never a stack, which could show a line with a secret. */
export function describeFailure(error: unknown): string {
  const problems = problemsOf(error);
  if (problems !== undefined) {
    return [
      'these options need a change:',
      ...problems.map(({ option, message }) => `  ${option} ${message}`),
    ].join('\n');
  }
  if (!(error instanceof Error)) return `something was thrown that is no error: ${typeof error}`;
  return listening(error) ?? withCause(error);
}

/** Of a ConfigError, also of one from another copy of this package, as the host's configuration may load. */
function problemsOf(error: unknown): readonly ConfigProblem[] | undefined {
  if (!(error instanceof Error && codeOf(error) === 'config_invalid' && 'problems' in error))
    return undefined;
  return Array.isArray(error.problems) ? (error.problems as ConfigProblem[]) : undefined; // as ConfigError has them
}

function listening(error: Error): string | undefined {
  const code = codeOf(error);
  const port = 'port' in error ? String(error.port) : '';
  if (code === 'EADDRINUSE') return `Port ${port} is already in use; choose another one with --port.`;
  if (code === 'EACCES' && port !== '') {
    return `Port ${port} needs special rights; choose one above 1023 with --port.`;
  }
  if (
    code === 'EADDRNOTAVAIL' ||
    (code === 'ENOTFOUND' && 'syscall' in error && error.syscall === 'getaddrinfo')
  ) {
    return 'This machine has no such address; choose another one with --host.';
  }
  return undefined;
}

/** A database that cannot be reached has a word of the system's for it, such as ECONNREFUSED. */
function withCause(error: Error): string {
  const message = error.message === '' ? error.name : error.message;
  const cause = codeOf(error) === 'store_unavailable' ? codeOf(error.cause) : '';
  return cause === '' ? message : `${message} (${cause})`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
