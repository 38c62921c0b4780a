import type { Simulator } from '../../../src/index.ts';
import { at, graph, queryOf, text, type Answer } from '../../support/graph-client.ts';
import { exchange } from '../../support/playground.ts';

/** Calls on numbers, as the BSP's system user makes them. */
export function calls(simulator: Simulator, token = simulator.systemUserToken) {
  const call = (request: string, json?: unknown): Promise<Answer> =>
    graph(simulator, request, json === undefined ? { token } : { token, json });
  return {
    call,
    read: (id: string, fields?: string) =>
      call(`GET /v26.0/${id}${fields === undefined ? '' : `?fields=${fields}`}`),
    requestCode: (id: string) => call(`POST /v26.0/${id}/request_code?code_method=SMS&language=en_US`),
    verifyCode: (id: string, code: string | undefined) =>
      call(`POST /v26.0/${id}/verify_code?${queryOf({ code: code ?? '' })}`),
    register: (id: string, changes: Readonly<Record<string, unknown>> = {}) =>
      call(`POST /v26.0/${id}/register`, { messaging_product: 'whatsapp', pin: '123456', ...changes }),
    deregister: (id: string) => call(`POST /v26.0/${id}/deregister`),
    /** Adds an ordinary number to an account. */
    create: (wabaId: string, json: unknown) => call(`POST /v26.0/${wabaId}/phone_numbers`, json),
  };
}

/** The newest code on any phone. */
export function newestCode(simulator: Simulator): string {
  const message = simulator.inbox().at(-1);
  if (message === undefined) throw new Error('no code was sent');
  return message.code;
}

/** Six digits that are not this code. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}

/** A customer with a number of their own, registered or not. */
export async function customerWithOwnNumber(
  simulator: Simulator,
  ownNumber = '+15550783881',
  person = 'nora',
) {
  const { code, wabaId = '', phoneNumberId = '', businessId = '' } = simulator.signUp({ ownNumber, person });
  return { wabaId, phoneNumberId, businessId, token: await exchange(simulator, code) };
}

/** The number with this id, as the simulator's state tells it. */
export function numberOf(simulator: Simulator, id: string) {
  return simulator.state().phoneNumbers.find((number) => number.id === id);
}

/** What users read: title, message and details of an error. */
export function wordsOf({ body }: Answer) {
  return {
    message: text(body, 'error', 'message'),
    title: at(body, 'error', 'error_user_title'),
    words: at(body, 'error', 'error_user_msg'),
    details: at(body, 'error', 'error_data', 'details'),
  };
}
