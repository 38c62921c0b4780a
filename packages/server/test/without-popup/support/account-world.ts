import type { ClaimView } from '@embedded-signup-kit/protocol';
import type { SignUpRequest } from '@embedded-signup-kit/simulator';
import type { Claim } from '../../../src/ports/records.ts';
import {
  startRecoveryHost,
  type Popup,
  type RecoveryHost,
  type RecoveryHostOptions,
} from '../../recovery/support/recovery-host.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const name = 'Lucky Shrub';

/** What the operator's route answers: a claim, or a problem. */
export interface Answered {
  status: number;
  body: { claim: ClaimView & { customerId: string }; code?: string; detail?: string };
}

/** A BSP with customers who have signed up, and numbers in the pool. */
export interface AccountWorld {
  host: RecoveryHost;
  /** A customer signs up by the popup, to its end. @param hears whether Meta's webhooks come @default true */
  onboard(customerId?: string, over?: SignUpRequest, hears?: boolean): Promise<Popup>;
  /** Meta's ids of the numbers that can be offered. */
  free(): Promise<string[]>;
  /** An operator puts a number on an account. */
  register(wabaId: string, numberId: string, verifiedName?: string): Promise<Answered>;
  /** What a customer's page is given now: numbers and claims. */
  page(customerId: string): Promise<{ numbers: string[]; claims: string[] }>;
  claim(id: string): Promise<Claim>;
  /** The newest claim that an operator opened for a number. */
  attachment(numberId: string): Promise<Claim | undefined>;
  whats(id: string): Promise<string[]>;
  /** Calls of Meta's that put a number on an account. */
  additions(): number;
}

/** Starts it. */
export async function startAccountWorld(options: RecoveryHostOptions = {}): Promise<AccountWorld> {
  const host = await startRecoveryHost({ numbers: 4, ...options });
  const history = async (id: string) =>
    (await host.get<{ history: { what: string }[] }>(`/claims/${id}`)).body.history;
  const world: AccountWorld = {
    host,
    async onboard(customerId = 'lucky-shrub', over = {}, hears = true) {
      const tab = await host.open(customerId);
      const popup = host.popup({ ids: tab.numbers.map(({ id }) => id), ...over });
      const { status, body } = await host.claim(tab, { ...popup.finish, code: popup.code ?? '' });
      if (status !== 202) throw new Error(`POST /claims: ${status} ${JSON.stringify(body)}`);
      const isThere = async () =>
        ['registered', 'no_number'].includes((await world.claim(body.claim.id)).status);
      if ((await host.until(hour, isThere)) === undefined) throw new Error('the sign-up came to no end');
      if (hears) await host.deliver();
      await host.run();
      return popup;
    },
    async free() {
      const { items } = await host.signup.pool.list({ limit: 100, status: 'free' });
      return items.map(({ id }) => id);
    },
    register: (wabaId, numberId, verifiedName = name) =>
      host.post(`/accounts/${wabaId}/phone-numbers`, { numberId, verifiedName }) as Promise<Answered>, // what the route answers
    async page(customerId) {
      const { numbers, claims } = await host.open(customerId);
      return { numbers: numbers.map(({ id }) => id), claims: claims.map(({ id }) => id) };
    },
    async claim(id) {
      const claim = await host.signup.claims.find(id);
      if (claim === undefined) throw new Error(`no claim ${id}`);
      return claim;
    },
    attachment: async (numberId) =>
      (await host.records()).find(({ toAttach }) => toAttach?.numberId === numberId),
    whats: async (id) => (await history(id)).map(({ what }) => what),
    additions: () => host.sim.requests({ method: 'POST', path: '/*/phone_numbers' }).length,
  };
  return world;
}

/** The first of some. */
export function first<T>(of: readonly T[]): T {
  const [one] = of;
  if (one === undefined) throw new Error('there is none');
  return one;
}
