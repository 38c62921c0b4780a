import { startSimulator, type Simulator } from '@embedded-signup-kit/simulator';
import { createGraphClient, GraphError, type GraphClient } from '../../../src/graph/index.ts';

/** The forms that Meta's documents have for one and the same thing. */
export const forms = [
  { profile: 'live', times: 'iso' },
  { profile: 'live', times: 'unix' },
  { profile: 'openapi', times: 'iso' },
  { profile: 'openapi', times: 'unix' },
] as const;

/** When everything here begins. */
export const start = Date.UTC(2026, 10, 20, 12);

/** A simulated Meta and a client of it. */
export interface Meta {
  sim: Simulator;
  graph: GraphClient;
  businessId: string;
  /** The id of a pool number, by its place. */
  pool(index: number): string;
  /** A customer takes a number of the pool; resolves to what the kit then knows. */
  customer(
    index?: number,
  ): Promise<{ wabaId: string; phoneNumberId: string; businessId: string; token: string }>;
  /** The code of the last text to a number. */
  codeFor(phoneNumber: string): string;
  close(): Promise<void>;
}

/** Starts both. Waits take no time, so that nothing here sleeps. */
export async function startMeta(options: Parameters<typeof startSimulator>[0] = {}): Promise<Meta> {
  const sim = await startSimulator({ numbers: 3, now: () => start, ...options });
  const graph = createGraphClient({
    appId: sim.appId,
    appSecret: sim.appSecret,
    token: sim.systemUserToken,
    graphUrl: sim.url,
    now: () => sim.now(),
    monotonic: () => sim.now(),
    random: () => 0,
    wait: () => Promise.resolve(),
  });
  const pool = (index: number) => sim.state().preverifiedNumbers[index]?.id ?? '';
  return {
    sim,
    graph,
    businessId: sim.businessId,
    pool,
    async customer(index = 0) {
      const { code, wabaId, phoneNumberId, businessId } = sim.signUp({ numberId: pool(index) });
      if (
        code === undefined ||
        wabaId === undefined ||
        phoneNumberId === undefined ||
        businessId === undefined
      ) {
        throw new Error('the sign-up did not finish');
      }
      const { accessToken } = await graph.oauth.accessToken({ code });
      return { wabaId, phoneNumberId, businessId, token: accessToken };
    },
    codeFor(phoneNumber) {
      const code = sim.inbox(phoneNumber).at(-1)?.code;
      if (code === undefined) throw new Error(`no code came to ${phoneNumber}`);
      return code;
    },
    async close() {
      await graph.close();
      await sim.close();
    },
  };
}

/** The error of a call that must fail. */
export async function errorOf(call: Promise<unknown>): Promise<GraphError> {
  const error: unknown = await call.then(
    () => new Error('the call did not fail'),
    (caught: unknown) => caught,
  );
  if (error instanceof GraphError) return error;
  throw error;
}
