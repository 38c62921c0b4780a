import type fc from 'fast-check';
import { expect } from 'vitest';
import type { Simulator } from '../../src/index.ts';
import { errorOf, graph, type Answer } from '../support/graph-client.ts';
import { expectAgreement } from './agreement.ts';
import type { Model } from './model.ts';
import type { Expected } from './rules.ts';

/** One thing that a partner or a customer does, to the model and to the simulator alike. */
export type Step = fc.AsyncCommand<Model, Simulator>;

/** Makes a step: `play` does it to both; afterwards all that can be seen has to agree. */
export function step(
  name: string,
  play: (model: Model, simulator: Simulator) => Promise<void>,
  isPossible: (model: Model) => boolean = () => true,
): Step {
  return {
    check: isPossible,
    async run(model, simulator) {
      await play(model, simulator);
      expectAgreement(model, simulator);
    },
    toString: () => name,
  };
}

/** Makes one step of several; those that are not possible when their turn comes are left out. */
export function inARow(steps: readonly Step[], isPossible: (model: Model) => boolean): Step {
  return step(
    steps.map(String).join('; '),
    async (model, simulator) => {
      for (const one of steps) if (one.check(model)) await one.run(model, simulator);
    },
    isPossible,
  );
}

/** The item that a number stands for, whatever its size. Throws when there is none. */
export function pick<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

/** Calls Graph, by the partner's system user unless told otherwise. */
export async function call(
  simulator: Simulator,
  request: string,
  token = simulator.systemUserToken,
): Promise<Answer> {
  return graph(simulator, request, { token });
}

/** Compares status and error code, and the subcode where a document names one. */
export function expectAnswer(answer: Answer, expected: Expected): void {
  const { status, code, subcode } = errorOf(answer);
  const seen = expected.subcode === undefined ? { status, code } : { status, code, subcode };
  expect(seen).toEqual({ code: undefined, ...expected });
}
