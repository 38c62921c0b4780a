/** Where chance comes from. Must be fit for secrets. */
export interface Random {
  /** A UUIDv7: sortable by the time it was made. */
  id(): string;
  /** A whole number from 0 to below `limit`, each equally likely. */
  below(limit: number): number;
}
