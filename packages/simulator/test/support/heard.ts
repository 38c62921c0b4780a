import type { SimulatorEvent } from '../../src/index.ts';
import { deliveredTo, subscribed } from './callback.ts';
import { at } from './graph-client.ts';
import { onboarded, playground } from './playground.ts';

/** A customer who is there, and an app that hears what follows. */
export async function heard(assume = {}) {
  const simulator = await playground({ assume });
  const customer = await onboarded(simulator);
  const app = await subscribed(simulator);
  const bodiesOf = (event: SimulatorEvent) => {
    simulator.emit(event);
    return deliveredTo(simulator, app);
  };
  return { simulator, customer, app, bodiesOf };
}

/** The first entry of a body. */
export const entryIn = (body: unknown) => at(body, 'entry', 0);

/** The value of the first change of a body. */
export const valueIn = (body: unknown) => at(body, 'entry', 0, 'changes', 0, 'value');
