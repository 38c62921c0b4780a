import fc from 'fast-check';
import { passTo } from './clock-steps.ts';
import { hasAny, request, targetOf, verify } from './code-steps.ts';
import { handsetOf, type Model } from './model.ts';
import { deregisterOne, registerOne } from './registration-steps.ts';
import { RULES } from './rules.ts';
import { inARow, pick, type Step } from './step.ts';
import type { Verifiable } from './verification-rules.ts';

const by = 'system user';
const target = fc.record({
  on: fc.constantFrom<Verifiable['in']>('pool', 'account'),
  number: fc.nat(50),
  early: fc.boolean(),
});

const toTheLimit: fc.Arbitrary<Step>[] = [
  target.map(({ on, number, early }) => {
    const often = request({ on, number, method: 'SMS', times: RULES.codeRequests.calls + 1 });
    const once = request({ on, number, method: 'VOICE', times: 1 });
    const wait = passTo('the next code', (model) => nextCodeAt(model, on, number), { early });
    return inARow([often, wait, once], (model) => hasAny(model, on));
  }),
  target.map(({ on, number, early }) => {
    const what = { on, number, method: 'SMS' };
    const fresh = request({ ...what, times: 1 });
    const wrong = verify({ ...what, how: 'wrong', times: RULES.wrongCodes.before });
    const right = verify({ ...what, how: 'right', times: 1 });
    const end = (model: Model) =>
      handsetOf(model, targetOf(model, on, number).number.digits).guesses.lockedUntil;
    const wait = passTo('the end of the lock', end, { early });
    return inARow([fresh, wrong, right, wait, fresh, right], (model) => hasAny(model, on));
  }),
  target.map(({ number, early }) => {
    const right = registerOne({ number, pin: '271828', times: 1, by });
    const wrong = registerOne({ number, pin: '314159', times: RULES.wrongPins.before, by });
    const end = ({ numbers }: Model) => pick(numbers, number).pins.lockedUntil;
    const wait = passTo('the end of the lock', end, { early });
    return inARow([right, wrong, right, wait, right], ({ numbers }) => numbers.length > 0);
  }),
  target.map(({ number, early }) => {
    const often = registerOne({ number, pin: '271828', times: RULES.registrations.calls + 1, by });
    const once = registerOne({ number, pin: '271828', times: 1, by });
    const end = ({ numbers }: Model) => pick(numbers, number).registrations.blockedUntil;
    const wait = passTo('the end of the block', end, { early });
    return inARow([often, wait, once], ({ numbers }) => numbers.length > 0);
  }),
  target.map(({ number, early }) => {
    const often = deregisterOne({ number, times: RULES.registrations.calls + 1, by });
    const once = deregisterOne({ number, times: 1, by });
    const end = ({ numbers }: Model) => pick(numbers, number).deregistrations.blockedUntil;
    const wait = passTo('the end of the block', end, { early });
    return inARow([often, wait, once], ({ numbers }) => numbers.length > 0);
  }),
];

/** Somebody does something until it is refused, waits until it may be done again (or not quite), and goes on. */
export const limitSteps: fc.Arbitrary<Step>[] = [fc.oneof(...toTheLimit), fc.oneof(...toTheLimit)];

/** When the oldest of the requests that count ends to count. */
function nextCodeAt(model: Model, on: Verifiable['in'], number: number): number {
  const { calls, window } = RULES.codeRequests;
  if (!hasAny(model, on)) return model.now;
  const oldest = handsetOf(model, targetOf(model, on, number).number.digits).requests.at(-calls);
  return oldest === undefined ? model.now : oldest + window;
}
