import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import type { Simulator } from '@embedded-signup-kit/simulator';
import type { Node } from '../../sessions/support/nodes.ts';

/** Customers who sign up one after the other, several at a time. */
export interface Load {
  /** The claims that were answered, by id. */
  answered: Set<string>;
  /** Resolves when so many more claims were answered. Rejects when a customer was refused. */
  more(claims: number): Promise<void>;
  /** No new customers; resolves when the last one is answered. */
  stop(): Promise<void>;
}

/** Puts a node under load. Every customer brings a number of their own, so there are as many as wanted. */
export function putUnderLoad(node: Node, sim: Simulator, atOnce = 4): Load {
  const answered = new Set<string>();
  const over = { is: false };
  let next = 0;
  let waiting: { goal: number; go: () => void }[] = [];

  const post = async <T>(path: string, headers: Record<string, string>, body: object): Promise<T> => {
    const answer = await fetch(`${node.url}/signup${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T; // what the route answers
  };
  const customers = async (): Promise<void> => {
    while (!over.is) {
      next += 1;
      const customer = { 'x-customer': `customer-${next}` };
      const ownNumber = `+1555${String(2_000_000 + next)}`;
      const { session } = await post<SessionAnswer>('/sessions', customer, {});
      const { messages, code } = sim.signUp({ ownNumber });
      const { event, data } = JSON.parse(messages[0] ?? '{}') as { event: string; data: object }; // as Meta's
      const { claim } = await post<ClaimAnswer>(
        '/claims',
        { authorization: `Bearer ${session}` },
        { event, data, code },
      );
      answered.add(claim.id);
      waiting = waiting.filter(({ goal, go }) => {
        if (answered.size < goal) return true;
        go();
        return false;
      });
    }
  };
  const load = Promise.all(Array.from({ length: atOnce }, customers));
  const failed = load.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined); // whoever waits is told
  return {
    answered,
    more: (claims) =>
      Promise.race([
        failed,
        new Promise<void>((go) => void waiting.push({ goal: answered.size + claims, go })),
      ]),
    async stop() {
      over.is = true;
      await load;
    },
  };
}
