import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { ScriptedFault } from '@embedded-signup-kit/simulator';
import { day, minute } from '../../../src/domain/durations.ts';
import type { EmbeddedSignupOptions } from '../../../src/index.ts';
import { canaries } from '../../support/host.ts';
import { startPoolHost, type PoolHost } from '../../pool/support/pool-host.ts';
import { serve } from '../../webhook/support/raw-request.ts';
import { secrets } from './door.ts';

/** A customer who took the pool's only number, two nodes that get its texts, Meta, and the number's telephony provider. */
export interface ClaimByText extends PoolHost {
  id: string;
  customerId: string;
  phoneNumber: string;
  claim(): Promise<ClaimView>;
  /** `who: what`, oldest first, with the reason where there is one. */
  history(): Promise<string[]>;
  /** Runs what is due on all nodes until nothing moves. */
  settle(): Promise<void>;
  /** Lets time pass in steps, with the work of each. @param step milliseconds @default a minute */
  wait(ms: number, step?: number): Promise<void>;
  /** Has the provider pass on what reached the number. */
  deliver(): Promise<void>;
  /** Calls of a kind that reached Meta. */
  asked(): number;
  handedIn(): number;
  registered(): number;
  /** What the customer does in the widget. */
  ask(body?: object, node?: number): Promise<{ status: number; body: { code?: string } }>;
  handIn(code: string, node?: number): Promise<{ status: number; body: { code?: string } }>;
}

export const needed: ScriptedFault = {
  match: { path: '/*/register' },
  fault: { kind: 'error', status: 400, error: { code: 133006, message: 'verify it first' } },
};

/**
 * Starts it. Nothing is registered yet.
 *
 * @param over.lapsed Meta could not be reached until the number's verification was over
 * @param over.faults of Meta's from then on
 * @param over.without the node that gets no texts
 */
export async function startClaimByText(
  over: {
    engine?: string;
    lapsed?: boolean;
    faults?: ScriptedFault[];
    kit?: Partial<EmbeddedSignupOptions>;
    without?: number;
  } = {},
): Promise<ClaimByText> {
  const { engine = 'SQLite', lapsed = true, faults = [], kit, without } = over;
  const customerId = 'lucky-shrub';
  const host = await startPoolHost({
    numbers: 1,
    nodes: 2,
    engine,
    chance: Number(canaries.pin),
    assume: { daysToRegister: 14 },
    ...(kit !== undefined && { kit }),
    kits: [0, 1].map((node) => (node === without ? {} : { sms: { secret: secrets.relay } })),
  });
  const server = await serve(host.app);
  host.sim.setSms({ url: `http://127.0.0.1:${server.port}/signup/sms`, secret: secrets.relay, auto: false });
  const opened = await host.customer('/sessions', customerId);
  const ids = opened.body.numbers.map((number: { id: string }) => number.id) as string[]; // as the route answers
  const popup = host.sim.signUp({ ids });
  const { event, data } = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as the simulator posts it
  const delivered = await host
    .customer('/claims', customerId)
    .set('Authorization', `Bearer ${String(opened.body.session)}`)
    .send({ event, data, code: popup.code });
  const id = String(delivered.body.claim.id);
  const settle = async () => {
    for (let round = 0; round < 4; round += 1) for (const node of host.signups) await node.runDue();
  };
  if (lapsed) {
    host.sim.setFaults([{ match: { path: '/*/register' }, times: 'always', fault: { kind: 'reset' } }]);
    await settle();
    host.pass(14 * day);
  }
  host.sim.clearRequests();
  host.sim.setFaults(faults);
  const claim = async () => (await host.get(`/claims/${id}`)).body.claim as ClaimView; // as the route answers
  const atMeta = (path: string) => host.sim.requests({ path: `/*/${path}` }).length;
  return {
    ...host,
    id,
    customerId,
    phoneNumber: '+15550100001',
    claim,
    async history() {
      const { body } = await host.get(`/claims/${id}`);
      const lines = body.history as { who: string; what: string; reason?: string }[]; // as the route answers
      return lines.map(({ who, what, reason }) =>
        reason === undefined ? `${who}: ${what}` : `${who}: ${what} (${reason})`,
      );
    },
    settle,
    async wait(ms, step = minute) {
      for (const end = host.now() + ms; host.now() < end;) {
        host.pass(Math.min(step, end - host.now()));
        for (const node of host.signups) await node.runDue();
      }
    },
    deliver: async () => void (await host.sim.deliverSms()),
    asked: () => atMeta('request_code'),
    handedIn: () => atMeta('verify_code'),
    registered: () => atMeta('register'),
    ask: async (body = {}, node = 0) => host.customer(`/claims/${id}/code`, customerId, node).send(body),
    handIn: async (code, node = 0) =>
      host.customer(`/claims/${id}/verification`, customerId, node).send({ code }),
    async close() {
      await server.close();
      await host.close();
    },
  };
}
