/** A number that its portfolio's admin deleted. */
export interface DeletedNumber {
  readonly id: string;
  readonly accountId: string;
  readonly digits: string;
  /** ms, UTC. */
  readonly deletedAt: number;
}
