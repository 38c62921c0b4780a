import type { Simulator } from '@embedded-signup-kit/simulator';
import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import { until } from '../../torture/support/until.ts';
import { starvedOf } from './start-node.ts';

/** One answer, or none. */
export interface Answered {
  what: string;
  /** 0: the connection ended without an answer. */
  status: number;
  /** From the request until the whole answer was there, milliseconds. */
  ms: number;
  retryAfter: string | null;
  text: string;
}

/** A claim that a node answered for: it must be found, and come to its end. */
export interface TakenClaim {
  id: string;
  customerId: string;
  /** The number that this customer was given. */
  poolNumberId: string;
  /** What Meta made of it. */
  phoneNumberId: string;
}

/** Customers, and everything they were answered. */
export interface Crowd {
  answers: Answered[];
  claims: TakenClaim[];
  /** Asks once. */
  ask(url: string, path: string, customerId: string, body?: object, session?: string): Promise<Answered>;
  /** Opens a session, goes through the popup and brings the claim. Comes again after a 503, as the element does. */
  signUp(customerId: string): Promise<TakenClaim>;
  /** Resolves when each claim was shown to its customer. */
  found(): Promise<void>;
  /**
   * Resolves when all claims are registered. Where others kept the processor for seconds, a code may be older than its 30
   * seconds when its turn comes: that claim is final as well, and in {@link Crowd.tooLate}.
   */
  settled(): Promise<void>;
  /** Claims that came to their end without a registration, because the machine was too slow. */
  tooLate: Set<string>;
  /** What Meta must know of: the numbers of all claims that are registered. */
  registered(): Set<string>;
}

/** A page that waits for its turn tries for that long; milliseconds. */
const patience = { ms: 100_000, every: 50 };

/** Without the processor for that long, a sign-up may take longer than a code lives. Milliseconds. */
const slowMachine = 5_000;

/** @param url where the next request goes */
export function createCrowd({ sim, url }: { sim: Simulator; url: () => string }): Crowd {
  const answers: Answered[] = [];
  const claims: TakenClaim[] = [];
  const tooLate = new Set<string>();
  const starvedBefore = starvedOf('self');

  const ask: Crowd['ask'] = async (to, path, customerId, body, session) => {
    const begun = performance.now();
    const what = `${body === undefined ? 'GET' : 'POST'} ${path}`;
    let answered: Answered;
    try {
      const answer = await fetch(`${to}${path}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          'x-customer': customerId,
          'content-type': 'application/json',
          ...(session && { 'x-signup-session': session }),
        },
        signal: AbortSignal.timeout(30_000),
      });
      const text = await answer.text();
      const retryAfter = answer.headers.get('retry-after');
      answered = { what, status: answer.status, ms: performance.now() - begun, retryAfter, text };
    } catch (error) {
      answered = { what, status: 0, ms: performance.now() - begun, retryAfter: null, text: String(error) };
    }
    answers.push(answered);
    return answered;
  };
  /** Until it is neither refused for now nor cut off. */
  const insist = async (
    ...[path, customerId, body, session]: Parameters<Crowd['ask']> extends [string, ...infer Rest]
      ? Rest
      : never
  ) => {
    let last: Answered | undefined;
    await until(
      `${path} is answered to ${customerId}`,
      async () => {
        last = await ask(url(), path, customerId, body, session);
        return last.status !== 0 && last.status !== 503;
      },
      patience,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}: at last ${last?.status} ${last?.text}`, { cause: error });
    });
    if (last === undefined || last.status >= 300) {
      throw new Error(`${path} for ${customerId}: ${last?.status} ${last?.text}`);
    }
    return JSON.parse(last.text) as unknown;
  };

  return {
    answers,
    claims,
    ask,
    async signUp(customerId) {
      const opened = (await insist('/signup/sessions', customerId, {})) as SessionAnswer; // what the route answers
      const ids = opened.numbers.map(({ id }) => id);
      const { messages, code, phoneNumberId } = sim.signUp({ ids });
      const event = messages.map((message) => JSON.parse(message) as { event?: string; data?: object }); // as Meta documents it
      const finish = event.find((one) => one.event?.startsWith('FINISH'));
      if (finish === undefined || phoneNumberId === undefined) throw new Error('the popup did not finish');
      const body = { event: finish.event, data: finish.data, code };
      const { claim } = (await insist('/signup/claims', customerId, body, opened.session)) as ClaimAnswer; // what the route answers
      const taken = { id: claim.id, customerId, poolNumberId: ids[0] ?? '', phoneNumberId };
      claims.push(taken);
      return taken;
    },
    async found() {
      for (const { id, customerId } of claims) await insist(`/signup/claims/${id}`, customerId);
    },
    tooLate,
    registered: () =>
      new Set(claims.filter(({ id }) => !tooLate.has(id)).map(({ phoneNumberId }) => phoneNumberId)),
    async settled() {
      const open = new Map(claims.map((claim) => [claim.id, claim]));
      let last = '';
      await until(
        'all claims are registered',
        async () => {
          for (const { id, customerId } of open.values()) {
            const { status, text } = await ask(url(), `/signup/claims/${id}`, customerId);
            last = text;
            if (status === 404) throw new Error(`the claim ${id} is lost`);
            if (status !== 200) continue;
            const { claim } = JSON.parse(text) as ClaimAnswer; // what the route answers
            if (claim.status === 'needs_signup') {
              const starved = (await starvedOf('self')) - (await starvedBefore);
              if (claim.reason?.code !== 'code_expired' || starved < slowMachine) throw new Error(text);
              tooLate.add(id);
            } else if (claim.status !== 'registered') continue;
            open.delete(id);
          }
          return open.size === 0;
        },
        patience,
      ).catch((error: unknown) => {
        throw new Error(`${String(error)}: ${open.size} are open, ${last}`, { cause: error });
      });
    },
  };
}

/** Whatever is neither an answer of the contract nor a refusal that says when to come again. */
export function wrongAnswers(answers: readonly Answered[]): Answered[] {
  return answers.filter(
    ({ status, retryAfter }) =>
      !(status >= 200 && status < 300) && !(status === 503 && Number(retryAfter) > 0),
  );
}

/** How long the slowest took, and how many were refused for now. */
export function summaryOf(answers: readonly Answered[]): { asked: number; refused: number; slowest: number } {
  return {
    asked: answers.length,
    refused: answers.filter(({ status }) => status === 503).length,
    slowest: Math.round(Math.max(0, ...answers.map(({ ms }) => ms))),
  };
}
