import fc from 'fast-check';
import { expect } from 'vitest';
import {
  SignUpImpossibleError,
  type SignUpRequest,
  type SignUpResult,
  type Simulator,
} from '../../src/index.ts';
import { at, queryOf, text } from '../support/graph-client.ts';
import { handsetOf, isTaken, reach, statusInPool, type Model } from './model.ts';
import { exchange } from './registration-rules.ts';
import { INVALID, RULES } from './rules.ts';
import { call, expectAnswer, pick, step, type Step } from './step.ts';
import { hasSpentRequests, isCodeLocked } from './verification-rules.ts';

/** Customers sign up, and the page's code is exchanged. */
export const customerSteps: fc.Arbitrary<Step>[] = [
  fc.nat(50).map(signUpWithPoolNumber),
  fc.constant(signUpWithOwnNumber()),
  fc.nat(50).chain((number) => fc.constantFrom(signUpWithTakenNumber(number), signUpWithGoneNumber(number))),
  fc.constant(exchangeCode(-1)),
  fc.nat(50).map((number) => (number === 50 ? exchangeUnknownCode() : exchangeCode(number))),
];

function signUpWithPoolNumber(number: number): Step {
  return step(
    `sign up with pool number ${number}`,
    async (model, simulator) => {
      const { id, digits, verifiedAt } = pick(model.pool, number);
      const handset = handsetOf(model, digits);
      if (needsCode(model, number)) {
        reach(
          model,
          verifiedAt === undefined ? 'claimed unverified, by code' : 'claimed lapsed, by code',
          true,
        );
        handset.requests.push(model.now);
        handset.guesses.wrong = 0;
      } else {
        reach(model, 'claimed verified', true);
      }
      handset.code = undefined;
      const result = simulator.signUp({ numberId: id });
      model.pool = model.pool.filter((other) => other.id !== id);
      model.gone.push(id);
      expect(result.phoneNumberId).not.toBe(id);
      finish(model, result, { digits, fromPool: true });
    },
    (model) => {
      if (model.pool.length === 0) return false;
      const { digits } = pick(model.pool, number);
      // What the popup then does is not documented.
      const stuck = hasSpentRequests(model, digits) || isCodeLocked(model, digits);
      return !needsCode(model, number) || !stuck;
    },
  );
}

function needsCode(model: Model, number: number): boolean {
  return statusInPool(pick(model.pool, number), model.now) !== 'VERIFIED';
}

function signUpWithOwnNumber(): Step {
  return step('sign up with a number of their own', async (model, simulator) => {
    model.made += 1;
    const digits = String(16_315_550_000 + model.made);
    const result = simulator.signUp({ ownNumber: `+${digits}` });
    handsetOf(model, digits).requests.push(model.now);
    finish(reach(model, 'own number', model), result, { digits, fromPool: false });
  });
}

function signUpWithTakenNumber(number: number): Step {
  return step(
    `sign up with the number of account number ${number}`,
    async (model, simulator) => {
      const { digits } = pick(model.numbers, number);
      expect(isTaken(model, digits)).toBe(true);
      expectRefusal(simulator, { ownNumber: `+${digits}` });
      reach(model, 'own number refused: on an account', true);
    },
    ({ numbers }) => numbers.length > 0,
  );
}

function signUpWithGoneNumber(number: number): Step {
  return step(
    `sign up with gone number ${number}`,
    async (model, simulator) => {
      expectRefusal(simulator, { numberId: pick(model.gone, number) });
      reach(model, 'sign-up refused: number gone', true);
    },
    ({ gone }) => gone.length > 0,
  );
}

/** A sign-up that cannot be played leaves everything as it was: no code reaches a phone either. */
function expectRefusal(simulator: Simulator, request: SignUpRequest): void {
  const before = simulator.inbox().length;
  expect(() => simulator.signUp(request)).toThrow(SignUpImpossibleError);
  expect(simulator.inbox()).toHaveLength(before);
}

function finish(model: Model, result: SignUpResult, number: { digits: string; fromPool: boolean }): void {
  const { messages, code = '', phoneNumberId: id = '', wabaId = '', businessId = '' } = result;
  expect(messages.map((message): unknown => JSON.parse(message))).toEqual([
    {
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH',
      data: { phone_number_id: id, waba_id: wabaId, business_id: businessId },
    },
  ]);
  model.numbers.push({
    ...number,
    id,
    wabaId,
    businessId,
    onboardedAt: model.now,
    registerBy: model.now + RULES.registeredWithin,
    registeredAt: undefined,
    pin: undefined,
    pins: { wrong: 0, lockedUntil: 0 },
    registrations: { calls: [], blockedUntil: 0 },
    deregistrations: { calls: [], blockedUntil: 0 },
  });
  model.logins.push({ code, businessId, issuedAt: model.now, token: undefined });
}

/** -1 is the newest. */
function exchangeCode(number: number): Step {
  return step(
    number < 0 ? 'exchange the newest code' : `exchange code ${number}`,
    async (model, simulator) => {
      const login = number < 0 ? pick(model.logins, model.logins.length - 1) : pick(model.logins, number);
      const { appId, appSecret } = simulator;
      const query = queryOf({ client_id: appId, client_secret: appSecret, code: login.code });
      const answer = await call(simulator, `GET /oauth/access_token?${query}`);
      const expected = exchange(model, login);
      expectAnswer(answer, expected);
      if (expected.status !== 200) return;
      login.token = text(answer.body, 'access_token');
      expect([at(answer.body, 'token_type'), at(answer.body, 'expires_in')]).toEqual(['bearer', undefined]);
    },
    ({ logins }) => logins.length > 0,
  );
}

function exchangeUnknownCode(): Step {
  return step('exchange a code that was never issued', async (model, simulator) => {
    const { appId, appSecret } = simulator;
    const query = queryOf({ client_id: appId, client_secret: appSecret, code: 'AQBneverIssued' });
    expectAnswer(
      await call(simulator, `GET /oauth/access_token?${query}`),
      reach(model, 'exchange refused: unknown', INVALID),
    );
  });
}
