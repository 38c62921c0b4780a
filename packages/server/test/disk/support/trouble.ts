import { bringClaim, shownClaims, type ClaimAnswered, type CustomerWithSession } from './customers.ts';

/** What happened to many customers while the disk was in trouble. */
export interface Passage {
  /** The statuses of the answers, in order: `202 202 503 202`. */
  statuses: string;
  /** The claims that were accepted, by customer. */
  accepted: Map<string, string>;
  refused: { customer: CustomerWithSession; answer: ClaimAnswered }[];
  /** One sentence per refusal after which the operator was shown anything else than the accepted claims. */
  shownWrongly: string[];
}

/** Customers bring their claims, so many at a time. After each refusal the operator looks what there is. */
export async function bringThroughTrouble(
  url: string,
  customers: readonly CustomerWithSession[],
  atOnce = 1,
): Promise<Passage> {
  const passage: Passage = { statuses: '', accepted: new Map(), refused: [], shownWrongly: [] };
  const statuses: number[] = [];
  for (let start = 0; start < customers.length; start += atOnce) {
    const group = customers.slice(start, start + atOnce);
    const answers = await Promise.all(
      group.map(async (customer) => ({ customer, answer: await bringClaim(url, customer) })),
    );
    for (const { customer, answer } of answers) {
      statuses.push(answer.status);
      if (answer.status === 202 && answer.claimId !== undefined) {
        passage.accepted.set(customer.id, answer.claimId);
      } else passage.refused.push({ customer, answer });
    }
    if (answers.some(({ answer }) => answer.status !== 202)) await look(url, passage);
  }
  passage.statuses = statuses.join(' ');
  return passage;
}

/** The claims that were accepted, in order. */
export function acceptedIn(...passages: readonly Passage[]): string[] {
  return passages.flatMap(({ accepted }) => [...accepted.values()]).toSorted();
}

async function look(url: string, passage: Passage): Promise<void> {
  const shown = await shownClaims(url);
  const accepted = acceptedIn(passage);
  if (shown.join(' ') === accepted.join(' ')) return;
  passage.shownWrongly.push(
    `After ${passage.refused.length} refusals ${shown.length} claims are shown, and ${accepted.length} were accepted.`,
  );
}
