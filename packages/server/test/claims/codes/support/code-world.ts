import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { Fault, SimulatorOptions } from '@embedded-signup-kit/simulator';
import type { EmbeddedSignupOptions } from '../../../../src/index.ts';
import { day } from '../../../../src/domain/durations.ts';
import { canaries } from '../../../support/host.ts';
import { startPoolHost, type PoolHost } from '../../../pool/support/pool-host.ts';

/** A customer whose claim waits for a one-time code, two nodes, and Meta. */
export interface CodeWorld extends PoolHost {
  id: string;
  phoneNumber: string;
  phoneNumberId: string;
  /** The session that brought the claim. */
  session: string;
  /** Has a code sent, as the customer. */
  ask(body?: object, node?: number): Promise<Answer>;
  /** Hands a code in, as the customer. */
  handIn(code: unknown, node?: number): Promise<Answer>;
  claim(): Promise<ClaimView>;
  /** `who: what`, oldest first, with the reason where there is one. */
  history(): Promise<string[]>;
  /** The newest code that reached the phone. */
  code(): string;
  /** Six digits that are not the code. */
  wrong(): string;
  fault(path: string, fault: Fault, times?: number | 'always'): void;
  /** Calls of a kind that reached Meta. */
  asked(): number;
  handedIn(): number;
  /** Verifies the number at Meta, and nobody here hears of it. */
  verifyElsewhere(): Promise<void>;
  /** Runs what is due until nothing moves. */
  settle(): Promise<void>;
}

/** What a route answered. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: { claim?: ClaimView; code?: string; detail?: string; issues?: object[] };
  text: string;
}

export const customerId = 'lucky-shrub';

/**
 * Starts it: the customer finished without the code of their own number.
 *
 * @param over.lapsed instead, they took a number of the pool, whose verification was over before Meta could be reached again
 */
export async function startCodeWorld(
  over: SimulatorOptions & {
    engine?: string;
    lapsed?: boolean;
    kit?: Partial<EmbeddedSignupOptions>;
  } = {},
): Promise<CodeWorld> {
  const { lapsed = false, ...options } = over;
  const host = await startPoolHost({
    numbers: 1,
    nodes: 2,
    chance: Number(canaries.pin),
    assume: { daysToRegister: 14 },
    ...options,
  });
  const opened = await host.customer('/sessions', customerId);
  const ids = opened.body.numbers.map((number: { id: string }) => number.id) as string[]; // as the route answers
  const popup = host.sim.signUp(lapsed ? { ids } : { outcome: 'unverified', ownNumber: '+15550201000' });
  const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
  const session = String(opened.body.session);
  const delivered = await host
    .customer('/claims', customerId)
    .set('Authorization', `Bearer ${session}`)
    .send({ event, data, code: popup.code });
  const id = String(delivered.body.claim.id);
  const settle = async () => {
    for (let round = 0; round < 4; round += 1) {
      await host.signups[0].runDue();
      await host.signups[1]?.runDue();
    }
  };
  if (lapsed) {
    host.sim.setFaults([{ match: { path: '/*/register' }, times: 'always', fault: { kind: 'reset' } }]);
    await settle();
    host.pass(14 * day);
    host.sim.setFaults([]);
  }
  await settle();
  const claim = async () => (await host.get(`/claims/${id}`)).body.claim as ClaimView; // as the route answers
  const { status, phoneNumber = '', phoneNumberId = '' } = await claim();
  if (status !== 'needs_verification') throw new Error(`the claim is ${status}`);
  host.sim.clearRequests();

  const post = async (path: string, body: object, node = 0): Promise<Answer> =>
    host.customer(`/claims/${id}${path}`, customerId, node).send(body);
  const code = () => host.codeFor(phoneNumber);
  return {
    ...host,
    id,
    phoneNumber,
    phoneNumberId,
    session,
    ask: (body = {}, node = 0) => post('/code', body, node),
    handIn: (given, node = 0) => post('/verification', { code: given }, node),
    claim,
    async history() {
      const { body } = await host.get(`/claims/${id}`);
      const lines = body.history as { who: string; what: string; reason?: string }[]; // as the route answers
      return lines.map(({ who, what, reason }) =>
        reason === undefined ? `${who}: ${what}` : `${who}: ${what} (${reason})`,
      );
    },
    code,
    wrong() {
      const newest = host.sim.inbox(phoneNumber).at(-1)?.code;
      return newest === '111111' ? '222222' : '111111';
    },
    fault: (path, fault, times = 1) => host.sim.setFaults([{ match: { path }, times, fault }]),
    asked: () => host.sim.requests({ path: '/*/request_code' }).length,
    handedIn: () => host.sim.requests({ path: '/*/verify_code' }).length,
    async verifyElsewhere() {
      for (const call of ['request_code', 'verify_code'] as const) {
        const body = call === 'request_code' ? { code_method: 'SMS', language: 'en_US' } : { code: code() };
        await fetch(`${host.sim.url}/v26.0/${phoneNumberId}/${call}`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${host.sim.systemUserToken}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify(body),
        });
      }
      host.sim.clearRequests();
    },
    settle,
  };
}
