import fc from 'fast-check';
import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { at } from '../support/graph-client.ts';
import { often } from './code-steps.ts';
import { reach, statusOnAccount, type AccountNumber, type Model } from './model.ts';
import { deregister, register } from './registration-rules.ts';
import { OK, SECOND, UNKNOWN_OBJECT } from './rules.ts';
import { call, expectAnswer, pick, step, type Step } from './step.ts';

type By = 'system user' | 'customer' | 'other customer';
const by = fc.constantFrom<By>('system user', 'system user', 'customer', 'other customer');
const FIELDS =
  'id,code_verification_status,platform_type,status,is_pin_enabled,is_preverified_number,last_onboarded_time';

/** Numbers on accounts are registered, taken off again, read and listed. */
export const registrationSteps: fc.Arbitrary<Step>[] = [
  fc
    .record({ number: fc.nat(50), pin: fc.constantFrom('271828', '271828', '314159'), times: often(3), by })
    .map(registerOne),
  fc.record({ number: fc.nat(50), pin: fc.constant('271828'), times: fc.constant(1), by }).map(registerOne),
  fc.record({ number: fc.nat(50), times: often(3), by }).map(deregisterOne),
  fc.record({ number: fc.nat(50), by }).map(readOne),
  fc.nat(50).map(listAccount),
];

/** The token of a caller; undefined when there is nobody like that. */
function tokenOf(
  { logins }: Model,
  simulator: Simulator,
  who: By,
  { businessId }: AccountNumber,
): string | undefined {
  if (who === 'system user') return simulator.systemUserToken;
  const own = who === 'customer';
  return logins.find((login) => (login.businessId === businessId) === own && login.token !== undefined)
    ?.token;
}

/** A step on a number by somebody; only whoever may see the number gets as far as `play`. */
function stepBy(
  name: string,
  { number, by: who }: { number: number; by: By },
  {
    request,
    play,
  }: {
    request: (target: AccountNumber) => string;
    play: (model: Model, simulator: Simulator, target: AccountNumber, token: string) => Promise<void>;
  },
): Step {
  return step(
    `${name} ${number} by ${who}`,
    async (model, simulator) => {
      const target = pick(model.numbers, number);
      const token = tokenOf(model, simulator, who, target) ?? simulator.systemUserToken;
      if (who === 'other customer' && token !== simulator.systemUserToken) {
        expectAnswer(
          await call(simulator, request(target), token),
          reach(model, 'refused: number of another customer', UNKNOWN_OBJECT),
        );
        return;
      }
      if (who === 'customer' && token !== simulator.systemUserToken)
        reach(model, "done with the customer's token", true);
      await play(model, simulator, target, token);
    },
    ({ numbers }) => numbers.length > 0,
  );
}

/** register, so many times with this PIN. */
export function registerOne(what: { number: number; pin: string; times: number; by: By }): Step {
  const { pin, times } = what;
  const request = ({ id }: AccountNumber) => `POST /${id}/register?messaging_product=whatsapp&pin=${pin}`;
  return stepBy(`register ${times} times with ${pin}:`, what, {
    request,
    async play(model, simulator, target, token) {
      for (let round = 0; round < times; round += 1) {
        const answer = await call(simulator, request(target), token);
        expectAnswer(answer, register(model, target, pin));
      }
    },
  });
}

/** deregister, so many times. */
export function deregisterOne(what: { number: number; times: number; by: By }): Step {
  const request = ({ id }: AccountNumber) => `POST /${id}/deregister`;
  return stepBy(`deregister ${what.times} times:`, what, {
    request,
    async play(model, simulator, target, token) {
      for (let round = 0; round < what.times; round += 1) {
        const answer = await call(simulator, request(target), token);
        expectAnswer(answer, deregister(model, target));
      }
    },
  });
}

function readOne(what: { number: number; by: By }): Step {
  const request = ({ id }: AccountNumber) => `GET /${id}?fields=${FIELDS}`;
  return stepBy('read account number', what, {
    request,
    async play(model, simulator, target, token) {
      const answer = await call(simulator, request(target), token);
      expectAnswer(answer, OK);
      const { registeredAt, pin, fromPool, onboardedAt } = target;
      const verification = statusOnAccount(target, model.now);
      expect(answer.body).toMatchObject({
        id: target.id,
        code_verification_status: verification,
        platform_type: registeredAt === undefined ? 'NOT_APPLICABLE' : 'CLOUD_API',
        is_pin_enabled: pin !== undefined,
        is_preverified_number: fromPool,
        last_onboarded_time: Math.floor(onboardedAt / SECOND),
      });
      // Only these two are documented; nobody says what a lapsed or deregistered number shows.
      if (registeredAt !== undefined) expect(at(answer.body, 'status')).toBe('CONNECTED');
      else if (pin === undefined && verification === 'VERIFIED')
        expect(at(answer.body, 'status')).toBe('PENDING');
      reach(model, `read on an account: ${verification}`, true);
    },
  });
}

function listAccount(number: number): Step {
  return step(
    `list the account of number ${number}`,
    async (model, simulator) => {
      const { wabaId } = pick(model.numbers, number);
      const { status, body } = await call(simulator, `GET /${wabaId}/phone_numbers?fields=id`);
      const expected = model.numbers.filter((other) => other.wabaId === wabaId).map(({ id }) => ({ id }));
      expect({ status, data: at(body, 'data') }).toEqual({ status: 200, data: expected });
    },
    ({ numbers }) => numbers.length > 0,
  );
}
