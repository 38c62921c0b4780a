import fc from 'fast-check';
import type { Simulator } from '../../src/index.ts';
import { graph, queryOf, text } from '../support/graph-client.ts';
import { send, sender } from '../support/messaging.ts';
import { seedOne } from '../support/playground.ts';

type Operation = (simulator: Simulator, choice: number) => unknown;

const WEBHOOK = 'http://127.0.0.1:9/webhook';
const SMS = 'http://127.0.0.1:9/sms';
const pickOf = <Item>(items: readonly Item[], choice: number) => items[choice % Math.max(1, items.length)];
const accountOf = ({ state }: Simulator, choice: number) => pickOf(state().accounts, choice)?.id ?? '1';
const numberOf = ({ state }: Simulator, choice: number) => pickOf(state().phoneNumbers, choice)?.id ?? '1';
const pooledOf = ({ state }: Simulator, choice: number) =>
  pickOf(state().preverifiedNumbers, choice)?.id ?? '1';
const asPartner = (simulator: Simulator, request: string, json?: unknown) =>
  graph(simulator, request, { token: simulator.systemUserToken, ...(json !== undefined && { json }) });
const tryTo = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return String(error);
  }
};

/** Things to do that reach every part of the world; the same choice does the same in the same world. */
const OPERATIONS: readonly Operation[] = [
  (simulator) => seedOne(simulator),
  (simulator, choice) => simulator.seedNumbers({ count: 1, status: choice % 2 ? 'NOT_VERIFIED' : 'EXPIRED' }),
  (simulator, choice) => tryTo(() => simulator.signUp({ numberId: pooledOf(simulator, choice) })),
  (simulator, choice) =>
    tryTo(() => simulator.signUp({ ownNumber: `+1555000${String(choice % 10_000).padStart(4, '0')}` })),
  (simulator, choice) => simulator.advance(`PT${choice}S`),
  (simulator, choice) => simulator.runClock(choice % 2 === 0),
  (simulator) => simulator.addPartner(),
  (simulator, choice) => tryTo(() => simulator.deletePhoneNumber(numberOf(simulator, choice))),
  (simulator, choice) =>
    simulator.setBusinessVerified(pickOf(simulator.state().businesses, choice)?.id ?? '', choice % 2 === 0),
  (simulator, choice) =>
    tryTo(() =>
      simulator.revokeToken({ businessId: pickOf(simulator.state().businesses, choice)?.id ?? '' }),
    ),
  (simulator) => simulator.setWebhook({ url: WEBHOOK, handshake: false }),
  (simulator, choice) =>
    simulator.setSms({ url: SMS, auto: false, form: pickOf(['twilio', 'vonage', 'json'], choice) }),
  (simulator) => simulator.setDelivery({ auto: false, batch: 3 }),
  (simulator, choice) =>
    simulator.emit({
      kind: 'raw',
      field: 'test',
      entryId: '1',
      value: { choice, none: null, list: [true, 'x'] },
    }),
  (simulator) => simulator.deliver(),
  (simulator, choice) =>
    tryTo(() =>
      simulator.emit({
        kind: 'message',
        phoneNumberId: numberOf(simulator, choice),
        from: '+15551230000',
        text: 'hi',
      }),
    ),
  (simulator, choice) =>
    asPartner(simulator, `POST /v26.0/${numberOf(simulator, choice)}/register`, {
      messaging_product: 'whatsapp',
      pin: choice % 3 ? '123456' : '654321',
    }),
  (simulator, choice) => {
    const id =
      choice % 2 ? pooledOf(simulator, choice) : seedOne(simulator, { count: 1, status: 'NOT_VERIFIED' }).id;
    return asPartner(simulator, `POST /v26.0/${id}/request_code`, { code_method: 'SMS', language: 'en_US' });
  },
  (simulator, choice) =>
    asPartner(simulator, `POST /v26.0/${pooledOf(simulator, choice)}/verify_code`, {
      code: choice % 2 ? simulator.inbox().at(-1)?.code : '000000',
    }),
  (simulator, choice) => asPartner(simulator, `GET /v26.0/${accountOf(simulator, choice)}/phone_numbers`),
  (simulator, choice) => asPartner(simulator, `POST /v26.0/${accountOf(simulator, choice)}/subscribed_apps`),
  (simulator, choice) => asPartner(simulator, `GET /v26.0/${choice}`),
  async (simulator, choice) => {
    const account = accountOf(simulator, choice);
    const users = await asPartner(simulator, `GET /v26.0/${simulator.businessId}/system_users`);
    const assigned = queryOf({ user: text(users.body, 'data', 0, 'id'), tasks: "['MANAGE']" });
    await asPartner(simulator, `POST /v26.0/${account}/assigned_users?${assigned}`);
    const lines = await asPartner(simulator, `GET /v26.0/${simulator.businessId}/extendedcredits`);
    const line = text(lines.body, 'data', 0, 'id');
    const query = queryOf({ waba_currency: 'USD', waba_id: account });
    return asPartner(simulator, `POST /v26.0/${line}/whatsapp_credit_sharing_and_attach?${query}`);
  },
  async (simulator, choice) => {
    const { phoneNumberId, token } = await sender(simulator);
    const { body } = await send(
      simulator,
      { phoneNumberId, token },
      { to: `+1650555${1000 + (choice % 9000)}` },
    );
    return body;
  },
  (simulator, choice) => {
    const partner = pickOf(simulator.state().partners, choice) ?? simulator.addPartner();
    const { id } = seedOne(simulator);
    const query = queryOf({ preverified_id: id, partner_business_id: partner.businessId });
    return asPartner(simulator, `POST /v26.0/${simulator.businessId}/share_preverified_numbers?${query}`);
  },
  (simulator) => simulator.deliverSms(),
];

/** Each of them once, those that need something after those that make it. */
export const EVERYTHING = [2, 3, 2, 3, ...OPERATIONS.keys()].map((which) => [which, which * 2] as const);

/** Operations to do one after the other, with their choices. */
export const operations = (maxLength: number) =>
  fc.array(fc.tuple(fc.nat(OPERATIONS.length - 1), fc.nat(100_000)), { maxLength });

/** Does them all; what comes of each, as JSON. */
export async function doAll(
  simulator: Simulator,
  steps: readonly (readonly [number, number])[],
): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const [which, choice] of steps) {
    const result: unknown = await OPERATIONS[which]?.(simulator, choice);
    results.push(result);
  }
  // Every simulator has a port of its own.
  return JSON.parse(JSON.stringify(results).replaceAll(simulator.url, 'http://simulator')) as unknown[];
}
