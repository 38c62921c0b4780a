import fc from 'fast-check';
import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { handsetOf, type Model } from './model.ts';
import { call, expectAnswer, inARow, pick, step, type Step } from './step.ts';
import { requestCode, verifyCode, type Verifiable } from './verification-rules.ts';

const place = fc.constantFrom<Verifiable['in']>('pool', 'pool', 'account');

const asIs = fc.record({ on: place, number: fc.nat(50), how: fc.constant('right'), times: fc.constant(1) });

/** Codes are asked for, read off the phone and handed in. */
export const codeSteps: fc.Arbitrary<Step>[] = [
  fc
    .record({ on: place, number: fc.nat(50), method: fc.constantFrom('SMS', 'VOICE'), times: often(3) })
    .map(request),
  fc
    .record({ on: place, number: fc.nat(50), how: fc.constantFrom('right', 'wrong'), times: often(3) })
    .map(verify),
  asIs.map(verify),
  asIs.map(requestAndVerify),
  asIs.map(requestAndVerify),
  asIs.map(requestAndVerify),
];

function requestAndVerify(what: { on: Verifiable['in']; number: number; how: string; times: number }): Step {
  return inARow([request({ ...what, method: 'SMS' }), verify(what)], (model) => hasAny(model, what.on));
}

/** Once as a rule, sometimes up to `most` times. */
export function often(most: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: most }) },
  );
}

/** request_code, so many times. */
export function request({
  on,
  number,
  method,
  times,
}: {
  on: Verifiable['in'];
  number: number;
  method: string;
  times: number;
}) {
  return step(
    `request ${times} codes by ${method} for ${on} number ${number}`,
    async (model, simulator) => {
      const target = targetOf(model, on, number);
      const { id, digits } = target.number;
      for (let round = 0; round < times; round += 1) {
        const before = simulator.inbox(digits).length;
        const answer = await call(simulator, `POST /${id}/request_code?code_method=${method}&language=en_US`);
        const expected = requestCode(model, target);
        expectAnswer(answer, expected);
        const sent = expected.status === 200 ? 1 : 0;
        expect(simulator.inbox(digits)).toHaveLength(before + sent);
        if (sent === 1) readPhone(model, simulator, digits);
      }
    },
    (model) => hasAny(model, on),
  );
}

function readPhone(model: Model, simulator: Simulator, digits: string): void {
  const message = simulator.inbox(digits).at(-1);
  const [, first = '', last = ''] = /(\d{3})-?(\d{3})/.exec(message?.text ?? '') ?? [];
  expect(first + last).toHaveLength(6);
  expect(message?.sentAt).toBe(model.now);
  handsetOf(model, digits).code = { text: first + last, sentAt: model.now, open: true };
}

/** verify_code, so many times, with the newest code or a wrong one. */
export function verify({
  on,
  number,
  how,
  times,
}: {
  on: Verifiable['in'];
  number: number;
  how: string;
  times: number;
}) {
  return step(
    `hand in ${how} code ${times} times for ${on} number ${number}`,
    async (model, simulator) => {
      const target = targetOf(model, on, number);
      const { code } = handsetOf(model, target.number.digits);
      const right = code?.text ?? '000000';
      const given = how === 'right' ? right : String((Number(right) + 1) % 1_000_000).padStart(6, '0');
      for (let round = 0; round < times; round += 1) {
        const answer = await call(simulator, `POST /${target.number.id}/verify_code?code=${given}`);
        expectAnswer(answer, verifyCode(model, target, given));
      }
    },
    (model) => hasAny(model, on),
  );
}

/** Whether there is a number to pick. */
export function hasAny({ pool, numbers }: Model, on: Verifiable['in']): boolean {
  return (on === 'pool' ? pool : numbers).length > 0;
}

/** The number that is meant. */
export function targetOf({ pool, numbers }: Model, on: Verifiable['in'], number: number): Verifiable {
  return on === 'pool' ? { in: on, number: pick(pool, number) } : { in: on, number: pick(numbers, number) };
}
