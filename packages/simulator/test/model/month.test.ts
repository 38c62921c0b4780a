import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startSimulator } from '../../src/index.ts';
import { NOON } from '../support/playground.ts';
import { clockSteps } from './clock-steps.ts';
import { codeSteps } from './code-steps.ts';
import { customerSteps } from './customer-steps.ts';
import { emptyModel } from './model.ts';
import { limitSteps } from './limit-steps.ts';
import { poolSteps } from './pool-steps.ts';
import { registrationSteps } from './registration-steps.ts';
import { RULES_TO_REACH } from './rules-to-reach.ts';
import { sharingSteps } from './sharing-steps.ts';

// In the long form, or with MODEL_RUNS, more runs with a new seed each time; the seed of a failure is printed and goes
// into MODEL_SEED.
const { MODEL_RUNS = process.env['TEST_LONG'] === '1' ? '3000' : undefined, MODEL_SEED } = process.env;
const numRuns = Number(MODEL_RUNS ?? 200);
const seed = Number(MODEL_SEED ?? (MODEL_RUNS === undefined ? 20_261_120 : Date.now()));

test('whatever partners and customers do over months, the simulator follows the documented rules', async () => {
  const reached = new Map<string, number>();
  const steps = [
    ...poolSteps,
    ...codeSteps,
    ...sharingSteps,
    ...customerSteps,
    ...registrationSteps,
    ...limitSteps,
    ...clockSteps,
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(steps, { maxCommands: 140, size: 'max' }), async (commands) => {
      const simulator = await startSimulator({ now: () => NOON, times: 'unix', numberForm: 'e164' });
      try {
        const partner = simulator.addPartner({ name: 'Other Partner' });
        const setup = () => ({ model: emptyModel(NOON, partner, reached), real: simulator });
        await fc.asyncModelRun(setup, commands);
      } finally {
        await simulator.close();
      }
    }),
    { numRuns, seed, interruptAfterTimeLimit: 540_000 },
  );
  expect(RULES_TO_REACH.filter((rule) => !reached.has(rule))).toEqual([]);
}, 600_000);
