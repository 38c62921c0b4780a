import { request } from 'node:http';
import type { ClaimAnswer, SessionAnswer } from '@embedded-signup-kit/protocol';
import type { TortureWorld } from './torture-world.ts';
import { until } from './until.ts';

/** In which pieces a page delivers what the popup gave it. */
export type Delivery = 'together' | 'event first' | 'code first' | 'both at once' | 'twice';

/** All of them. */
export const deliveries: readonly [Delivery, ...Delivery[]] = [
  'together',
  'event first',
  'code first',
  'both at once',
  'twice',
];

/** A claim that the kit answered for: from here on it must not be lost. */
export interface AnsweredClaim {
  id: string;
  customerId: string;
  /** What Meta gave the customer in the popup. */
  phoneNumberId: string;
  /** When Meta gave the code; milliseconds UTC. */
  codeAt: number;
}

/** What customers have gone through, for the end of the test. */
export interface Ledger {
  answered: Map<string, AnsweredClaim>;
  /** Answers 200 and 202 to `POST /claims`. */
  answers: number;
  /** Requests that were begun again because their host died. */
  repeated: number;
  /** Sessions that were given no number and were opened again. */
  withoutNumber: number;
  /** Answers with a status of 500 and above. */
  failures: string[];
}

/** An empty ledger. */
export const newLedger = (): Ledger => ({
  answered: new Map(),
  answers: 0,
  repeated: 0,
  withoutNumber: 0,
  failures: [],
});

/** How long a page goes on trying; milliseconds. */
const patience = 150_000;

/** One customer's sign-up over HTTP, begun again whenever the host dies, as the element does. */
export async function signUpOnce(
  world: TortureWorld,
  ledger: Ledger,
  { customerId, delivery, send: sendTo = send }: { customerId: string; delivery: Delivery; send?: Sender },
): Promise<AnsweredClaim> {
  const post = async (path: string, body: object, session?: string): Promise<unknown> => {
    let answer: HttpAnswer | undefined;
    let why = 'nothing was sent';
    await until(
      `POST ${path} is answered`,
      async () => {
        const url = await world.url();
        const headers = { 'x-customer': customerId, ...(session && { 'x-signup-session': session }) };
        answer = await sendTo(`${url}${path}`, { method: 'POST', headers, body }).catch((error: unknown) => {
          why = String(error);
          return undefined;
        });
        if (answer === undefined) ledger.repeated += 1;
        else if (answer.status >= 500) ledger.failures.push(`${path}: ${answer.status} ${answer.text}`);
        else return true;
        return false;
      },
      { ms: patience, every: 10 },
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; at last: ${why}, ${ledger.failures.slice(-1).join('')}`, {
        cause: error,
      });
    });
    const { status, text } = answer ?? { status: 0, text: '' };
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${text}`);
    return JSON.parse(text);
  };

  const open = async () => (await post('/signup/sessions', {})) as SessionAnswer; // what the route answers
  let opened = await open();
  // A page that is given no number is loaded again.
  await until(
    'a number is set aside',
    async () => {
      if (opened.numbers.length > 0) return true;
      ledger.withoutNumber += 1;
      opened = await open();
      return false;
    },
    { ms: patience },
  );
  const { session } = opened;
  const ids = opened.numbers.map(({ id }) => id);
  const { messages, code, phoneNumberId } = world.sim.signUp({ ids });
  const codeAt = Date.now();
  if (code === undefined || phoneNumberId === undefined) throw new Error('the popup gave no code');
  const event = eventOf(messages);

  let claim: AnsweredClaim | undefined;
  const claimWith = async (half: object): Promise<void> => {
    const { claim: answered } = (await post('/signup/claims', half, session)) as ClaimAnswer; // what the route answers
    ledger.answers += 1;
    const { id } = answered;
    if (claim !== undefined && claim.id !== id) {
      throw new Error(`one session has two claims: ${claim.id} and ${id}`);
    }
    claim = { id, customerId, phoneNumberId, codeAt };
    ledger.answered.set(id, claim);
  };
  for (const together of piecesOf(delivery, event, { code })) await Promise.all(together.map(claimWith));
  if (claim === undefined) throw new Error('nothing was delivered');
  return claim;
}

/** What is posted: one list after the other, the members of a list at once. */
function piecesOf(delivery: Delivery, event: object, code: object): object[][] {
  if (delivery === 'event first') return [[event], [code]];
  if (delivery === 'code first') return [[code], [event]];
  if (delivery === 'both at once') return [[event, code]];
  const whole = { ...event, ...code };
  return delivery === 'twice' ? [[whole, whole], [whole]] : [[whole]];
}

function eventOf(messages: readonly string[]): object {
  for (const message of messages) {
    const { event, data } = JSON.parse(message) as { event?: string; data?: object }; // as Meta documents it
    if (event?.startsWith('FINISH') === true) return { event, data };
  }
  throw new Error('the popup did not finish');
}

/** A complete answer. */
export interface HttpAnswer {
  status: number;
  text: string;
}

/** A request as it is sent. */
export interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: object;
}

/** Sends a request. @throws when no whole answer comes */
export type Sender = (url: string, request: HttpRequest) => Promise<HttpAnswer>;

/** Sends one request on a connection of its own, and tells the port of its end of it. @throws when no whole answer comes */
export function send(
  url: string,
  { method, headers, body }: HttpRequest,
  onConnected: (port: number) => void = () => undefined,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent: false,
      timeout: 30_000,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    });
    sent.on('socket', (socket) => socket.on('connect', () => onConnected(socket.localPort ?? 0)));
    sent.on('timeout', () => sent.destroy(new Error('no answer for 30 seconds')));
    sent.on('error', reject);
    sent.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => (text += piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    });
    sent.end(body && JSON.stringify(body));
  });
}
