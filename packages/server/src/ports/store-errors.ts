/** The database cannot do it now: locked, full, gone, or going away. Nothing was written; try again later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
  readonly code = 'store_unavailable';
}

/** The database was written by a newer version of the kit. Nothing was touched. */
export class SchemaTooNewError extends Error {
  override readonly name = 'SchemaTooNewError';
  readonly code = 'schema_too_new';
}
