import type { ClaimView } from '@embedded-signup-kit/protocol';
import { startSimulator, type ScriptedFault, type SignUpRequest } from '@embedded-signup-kit/simulator';
import request from 'supertest';
import type { TestHost } from '../../../support/host.ts';

type Fault = ScriptedFault['fault'];

/** Meta refuses with a code of its. */
export const refusal = (
  code: number,
  more: { status?: number; subcode?: number; details?: string } = {},
): Fault => ({
  kind: 'error',
  status: more.status ?? 400,
  error: {
    code,
    message: `(#${code}) refused`,
    ...(more.subcode === undefined ? {} : { error_subcode: more.subcode }),
    ...(more.details === undefined ? {} : { details: more.details }),
  },
});

/** A fault on the calls of one method and path; once, unless it says otherwise. */
export const on = (
  method: string,
  path: string,
  fault: Fault,
  times: number | 'always' = 1,
): ScriptedFault => ({
  match: { method, path },
  times,
  fault,
});

/** The BSP's credit line and system user: the same in every simulator with the same seed. */
export async function creditLineOfMeta(): Promise<{ id: string; currency: 'EUR'; systemUserId: string }> {
  const sim = await startSimulator();
  const first = async (edge: string) => {
    const headers = { authorization: `Bearer ${sim.systemUserToken}` };
    const answer = await fetch(`${sim.url}/v26.0/${sim.businessId}/${edge}`, { headers });
    const { data } = (await answer.json()) as { data: { id: string }[] }; // as the simulator's pages say
    if (data[0] === undefined) throw new Error(`Meta has no ${edge}`);
    return data[0].id;
  };
  const ids = { id: await first('extendedcredits'), systemUserId: await first('system_users') };
  await sim.close();
  return { ...ids, currency: 'EUR' };
}

/** A sign-up that was delivered. */
export interface Delivered {
  id: string;
  wabaId: string;
  /** Meta's id of the number that was held. */
  heldId: string;
}

/**
 * A customer goes through the popup and their page delivers it; nothing is worked on before `host` is told to.
 *
 * @param meanwhile what happens while the popup is open
 */
export async function signUp(
  host: TestHost,
  over: SignUpRequest = {},
  customerId = 'lucky-shrub',
  meanwhile: () => void | Promise<void> = () => undefined,
): Promise<Delivered> {
  const opened = await host.open(customerId);
  await meanwhile();
  const popup = host.sim.signUp({ ids: opened.numbers.map(({ id }) => id), ...over });
  const message = JSON.parse(popup.messages[0] ?? '{}') as { event: string; data: object }; // as the popup posts it
  const answer = await request(host.app)
    .post('/signup/claims')
    .set('Authorization', `Bearer ${opened.session}`)
    .send({ event: message.event, data: message.data, code: popup.code });
  if (answer.status !== 202) throw new Error(`POST /claims: ${answer.status} ${answer.text}`);
  return { id: answer.body.claim.id, wabaId: popup.wabaId ?? '', heldId: opened.numbers[0]?.id ?? '' };
}

/** A claim as the operator sees it. */
export interface Seen {
  claim: ClaimView;
  /** What happened, oldest first. */
  history: { what: string; who: string; reason?: string; traceId?: string }[];
  whats: string[];
}

/** Looks at a claim. */
export async function see(host: TestHost, id: string): Promise<Seen> {
  const { body } = await request(host.app).get(`/operator/claims/${id}`);
  const { claim, history } = body as Omit<Seen, 'whats'>; // as the route answers
  return { claim, history, whats: history.map(({ what }) => what) };
}

/** How often Meta saw a call: `POST /:id/register`. */
export const count = (host: TestHost, call: string): number =>
  host.calls().filter((one) => one === call).length;

/** Calls that Meta saw and that change something, in their order; the exchange of the code among them. */
export const writes = (host: TestHost): string[] =>
  host.calls().filter((one) => one.startsWith('POST') || one.includes('access_token'));
