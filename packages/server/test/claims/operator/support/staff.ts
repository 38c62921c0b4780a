import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { SignUpRequest } from '@embedded-signup-kit/simulator';
import request from 'supertest';
import { createStore } from '../../../../src/store/create-store.ts';
import { systemRandom } from '../../../../src/system/system-random.ts';
import type { Store } from '../../../../src/ports/store.ts';
import { t0 } from '../../../../src/testing/contract/contract-case.ts';
import type { TestHost } from '../../../support/host.ts';
import { openEngine } from '../../../support/open-engine.ts';

/** A line of a claim's history as the operator sees it. */
export interface HistoryLine {
  what: string;
  who: string;
  status: string;
  reason?: string;
}

/** What an operator does at their desk. */
export interface Staff {
  post(path: string, body?: object): request.Test;
  get(path: string): request.Test;
  claim(id: string): Promise<ClaimView & { customerId: string }>;
  /** `who: what`, oldest first. */
  history(id: string): Promise<string[]>;
  lines(id: string): Promise<HistoryLine[]>;
}

/** An operator who is logged in at a host. */
export function staffOf(host: TestHost): Staff {
  const get = (path: string) => request(host.app).get(`/operator${path}`);
  const lines = async (id: string) => (await get(`/claims/${id}`)).body.history as HistoryLine[]; // as the route answers
  return {
    get,
    lines,
    post: (path, body = {}) => request(host.app).post(`/operator${path}`).send(body),
    claim: async (id) => (await get(`/claims/${id}`)).body.claim,
    history: async (id) => (await lines(id)).map(({ who, what }) => `${who}: ${what}`),
  };
}

/** A customer goes through the popup, and their page delivers what `parts` says. Resolves to the claim's id. */
export async function deliver(
  host: TestHost,
  customerId: string,
  signUp: SignUpRequest = {},
  parts: { event?: boolean; code?: boolean; data?: object } = {},
): Promise<{ id: string; wabaId: string; phoneNumberId: string | undefined; code: string }> {
  const opened = await host.open(customerId);
  const popup = host.sim.signUp({ ids: opened.numbers.map((number) => number.id), ...signUp });
  const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object };
  const { event = true, code = true, data = message.data } = parts;
  const answer = await request(host.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${opened.session}`)
    .send({ ...(event ? { event: message.event, data } : {}), ...(code ? { code: popup.code } : {}) });
  if (answer.status !== 202) throw new Error(`POST /claims: ${answer.status} ${answer.text}`);
  return {
    id: answer.body.claim.id,
    wabaId: popup.wabaId ?? '',
    phoneNumberId: popup.phoneNumberId,
    code: popup.code ?? '',
  };
}

/** Two minutes go by, and the worker looks every 15 seconds: more than any claim here has to wait for. */
export async function later(host: TestHost): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await host.signup.runDue();
    host.pass(15_000);
  }
}

/** Meta refuses a call for good, so that a person has to look. */
export const refusedForGood = (path: string) => ({
  match: { path },
  times: 'always' as const,
  fault: { kind: 'error' as const, status: 400, error: { code: 100, message: 'Invalid parameter' } },
});

/** Meta answers with an error that nobody knows: the kit waits a while and tries again. */
export const refusedForNow = (path: string) => ({
  match: { path },
  times: 'always' as const,
  fault: { kind: 'error' as const, status: 400, error: { code: 99_999, message: 'Something' } },
});

/** A claim that is left to the operator because Meta refused the app's subscription; nothing is wrong any more then. */
export async function leftToOperator(host: TestHost, customerId = 'lucky-shrub') {
  host.sim.setFaults([refusedForGood('/*/subscribed_apps')]);
  const delivered = await deliver(host, customerId);
  await host.signup.runDue();
  host.sim.setFaults([]);
  return delivered;
}

/** The store of another node at the host's database. */
export function otherNode(host: TestHost): Store {
  const engine = openEngine(host.database.address);
  return createStore({
    engine,
    scope: { appId: host.sim.appId, businessId: host.sim.businessId },
    now: () => t0,
    defer: (run) => void setImmediate(run),
    leaseMs: 20_000,
    newId: systemRandom.id,
    destinations: () => ['handler'],
  });
}
