import { StoreUnavailableError } from '../../ports/store-errors.ts';

/** PostgreSQL's code of an error (SQLSTATE), or Node's; empty when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A deadlock or a serialization failure: the other transaction went first. */
export function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** A lock that somebody else did not give back within `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return codeOf(error) === '55P03';
}

// Classes 08 (connection), 53 (resources), 57P (shutting down), 55P03 (lock), 25006 (read only) and Node's own words.
const unavailable = /^(08|53|57|58|55P03|25006|40001|40P01|ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN)/;

// pg says these without a code.
const lost =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered|Query read timeout|already been destroyed|Cannot use a pool after/;

/** What to do about the codes that do not pass by themselves. */
const sentences: Readonly<Record<string, string>> = {
  '25006':
    'PostgreSQL takes no writes: this server is a standby, or set to read-only. Nothing was confirmed. ' +
    'Let the address lead to the primary.',
  '53300':
    'PostgreSQL lets no more connections in. Nothing was confirmed. A node uses up to 10, and one more while it ' +
    'migrates: raise max_connections, or run fewer nodes.',
};

/** @throws StoreUnavailableError when the server cannot be used now, and otherwise the error itself */
export function rethrow(error: unknown): never {
  const message = error instanceof Error ? error.message : '';
  const code = codeOf(error);
  if (unavailable.test(code) || lost.test(message)) {
    throw new StoreUnavailableError(
      sentences[code] ?? 'PostgreSQL cannot be reached or is not ready. Nothing was confirmed; try again.',
      { cause: error },
    );
  }
  throw error;
}
