import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import { chanceOf, type Chance } from '../../support/chance.ts';
import { until } from '../../torture/support/until.ts';
import type { AnsweredClaim } from '../../torture/support/customer.ts';
import type { NodesWorld } from './nodes-world.ts';

/** A claim that some node answered for. */
export interface ClaimOfNodes extends AnsweredClaim {
  session: string;
  /** The code it brought; twins bring the same one. */
  code: string;
}

/** What customers have gone through. */
export interface NodesLedger {
  answered: Map<string, ClaimOfNodes>;
  /** Answers 200 and 202 to `POST /claims`. */
  answers: number;
  /** Requests that were sent to the next node because one did not answer. */
  unanswered: number;
  /** Answers with a status of 500 and above, by status. */
  failures: Map<number, number>;
}

/** An empty ledger. */
export const newNodesLedger = (): NodesLedger => ({
  answered: new Map(),
  answers: 0,
  unanswered: 0,
  failures: new Map(),
});

/** A whole answer. */
export interface Answer {
  status: number;
  text: string;
}

/** How long a page waits for one node before it asks the next one, milliseconds. */
const answerPatience = 4_000;

/** Where only one node will do, milliseconds. */
const alonePatience = 20_000;

/** How long a page goes on trying, milliseconds. */
const patience = 120_000;

/** Asks one node. @throws when no whole answer comes in time */
export async function ask(
  url: string,
  path: string,
  {
    customerId,
    session,
    body,
    ms = answerPatience,
  }: { customerId: string; session?: string; body?: object; ms?: number },
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-customer': customerId,
      ...(session !== undefined && { 'x-signup-session': session }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ms),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Which nodes are asked: the n-th and then the ones after it, or that one alone. */
export type Which = number | { only: number };

/** Posts to one node after the other until one of them answers. @throws for a refusal */
export async function postToSome(
  world: NodesWorld,
  ledger: NodesLedger,
  which: Which,
  path: string,
  request: { customerId: string; session?: string; body: object },
): Promise<unknown> {
  let text = '';
  let n = typeof which === 'number' ? which : which.only;
  const ms = typeof which === 'number' ? answerPatience : alonePatience;
  await until(
    `POST ${path} is answered`,
    async () => {
      const { url } = world.node(n % world.nodes.length);
      if (typeof which === 'number') n += 1;
      const answer = await ask(url, path, { ...request, ms }).catch(() => undefined);
      if (answer === undefined) {
        ledger.unanswered += 1;
        return false;
      }
      if (answer.status >= 500) {
        ledger.failures.set(answer.status, (ledger.failures.get(answer.status) ?? 0) + 1);
        return false;
      }
      if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
      ({ text } = answer);
      return true;
    },
    { ms: patience, every: 50 },
  );
  return JSON.parse(text);
}

/** Opens a session on some node, again and again until it has a number. */
export async function openOnSome(
  world: NodesWorld,
  ledger: NodesLedger,
  which: Which,
  customerId: string,
): Promise<SessionAnswer> {
  let opened: SessionAnswer | undefined;
  await until(
    `a number is set aside for ${customerId}`,
    async () => {
      const request = { customerId, body: {} };
      opened = (await postToSome(world, ledger, which, '/signup/sessions', request)) as SessionAnswer; // what the route answers
      return opened.numbers.length > 0;
    },
    { ms: patience, every: 100 },
  );
  if (opened === undefined) throw new Error('no session');
  return opened;
}

/** What the popup gave a customer. */
export interface SignedUp {
  event: object;
  code: string;
  phoneNumberId: string;
  wabaId: string;
  codeAt: number;
}

/** Goes through the popup with the numbers of a session, as somebody new, or as this person with a number of their own. */
export function goThroughPopup(
  { sim, secrets }: NodesWorld,
  opened: SessionAnswer,
  own?: { person: string; ownNumber: string },
): SignedUp {
  const { messages, code, phoneNumberId, wabaId } = sim.signUp(
    own ?? { ids: opened.numbers.map(({ id }) => id) },
  );
  if (code === undefined || phoneNumberId === undefined || wabaId === undefined) {
    throw new Error('the popup gave no code');
  }
  secrets.add(code);
  for (const message of messages) {
    const { event, data } = JSON.parse(message) as { event?: string; data?: object }; // as Meta documents it
    if (event?.startsWith('FINISH') !== true) continue;
    return { event: { event, data }, code, phoneNumberId, wabaId, codeAt: Date.now() };
  }
  throw new Error('the popup did not finish');
}

/** Delivers a half, or both, to some node, and keeps what it answered for. */
export async function deliver(
  world: NodesWorld,
  ledger: NodesLedger,
  which: Which,
  {
    customerId,
    session,
    half,
    popup,
  }: { customerId: string; session: string; half: object; popup: SignedUp },
): Promise<ClaimOfNodes> {
  const request = { customerId, session, body: half };
  const { claim } = (await postToSome(world, ledger, which, '/signup/claims', request)) as ClaimAnswer; // what the route answers
  ledger.answers += 1;
  const { code, phoneNumberId, codeAt } = popup;
  const answered = { id: claim.id, customerId, session, phoneNumberId, codeAt, code };
  for (const other of ledger.answered.values()) {
    if (other.session === session && other.id !== claim.id) {
      throw new Error(`one session has two claims: ${other.id} and ${claim.id}`);
    }
  }
  ledger.answered.set(claim.id, answered);
  return answered;
}

/** Which customers in eight deliver their code in two tabs at once. */
const twins = 1;

/**
 * One customer, whose page is everywhere at once: the event to one node, the code to another, both together to the others.
 * Some have a second tab, whose session brings the same code.
 */
async function claimThroughAll(
  world: NodesWorld,
  ledger: NodesLedger,
  customerId: string,
  chance: Chance,
): Promise<void> {
  const first = chance.below(world.nodes.length);
  const opened = [await openOnSome(world, ledger, first, customerId)];
  const [tab] = opened;
  if (tab === undefined) return;
  if (chance.below(8) < twins) opened.push(await openOnSome(world, ledger, first + 1, customerId));
  const popup = goThroughPopup(world, tab);
  const { event, code } = popup;
  const halves = [event, { code }, { ...event, code }, { ...event, code }];
  await Promise.all(
    opened.flatMap(({ session }, other) =>
      halves.map((half, n) =>
        deliver(world, ledger, first + other + n, { customerId, session, half, popup }),
      ),
    ),
  );
}

/** Lets customers sign up, several at once. Resolves when each was answered. */
export async function signUpAll(
  world: NodesWorld,
  ledger: NodesLedger,
  {
    claims,
    atOnce,
    seed,
    name = 'customer',
  }: { claims: number; atOnce: number; seed: number; name?: string },
): Promise<void> {
  let next = 0;
  const queue = async () => {
    while (next < claims) {
      const mine = next;
      next += 1;
      await claimThroughAll(world, ledger, `${name}-${mine}`, chanceOf(seed + mine));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, queue));
}
