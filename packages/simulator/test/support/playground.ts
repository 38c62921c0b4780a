import { afterEach } from 'vitest';
import {
  startSimulator,
  type ListenOptions,
  type Simulator,
  type SimulatorOptions,
} from '../../src/index.ts';
import { graph, queryOf, text } from './graph-client.ts';

/** Noon on the day the documents were read. */
export const NOON = Date.UTC(2026, 10, 20, 12);

const open: Simulator[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
});

/** A simulator whose clock stands still at NOON; closed after the test. */
export async function playground(options: SimulatorOptions & ListenOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ now: () => NOON, ...options });
  open.push(simulator);
  return simulator;
}

/** Puts one number into the pool and returns it. */
export function seedOne(simulator: Simulator, seed: Parameters<Simulator['seedNumbers']>[0] = { count: 1 }) {
  const [number] = simulator.seedNumbers(seed);
  if (number === undefined) throw new Error('nothing was seeded');
  return number;
}

/** Exchanges a code for the customer's token. */
export async function exchange(simulator: Simulator, code: string | undefined): Promise<string> {
  const { appId, appSecret } = simulator;
  const query = queryOf({ client_id: appId, client_secret: appSecret, code: code ?? '' });
  const { body } = await graph(simulator, `GET /v26.0/oauth/access_token?${query}`);
  return text(body, 'access_token');
}

/** A customer who signed up with a fresh verified number of the pool. */
export async function onboarded(simulator: Simulator, person?: string) {
  const number = seedOne(simulator);
  const {
    code,
    wabaId = '',
    phoneNumberId = '',
    businessId = '',
  } = simulator.signUp({
    numberId: number.id,
    person,
  });
  return { number, wabaId, phoneNumberId, businessId, token: await exchange(simulator, code) };
}
