/** What tells how a claim came to its proof. Times in milliseconds UTC. */
export interface HowProven {
  recoveredAt: number | undefined;
  codeUsedAt: number | undefined;
  assignedAt: number | undefined;
}

/**
 * Whether a claim rests on Meta's word and on who launched with the number alone: no code of the customer's was ever
 * exchanged for it, and no operator gave it to them. A proof by a customer's own token is better, and takes its place.
 */
export function isByWord({ recoveredAt, codeUsedAt, assignedAt }: HowProven): boolean {
  return recoveredAt !== undefined && codeUsedAt === undefined && assignedAt === undefined;
}
