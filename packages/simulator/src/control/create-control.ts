import { digitsOf } from '../phone/phone-number.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { RecordedRequest } from '../ledger/request-ledger.ts';
import { signUp } from '../signup/sign-up.ts';
import { seedNumbers } from '../world/seed-numbers.ts';
import { createWorld } from '../world/world.ts';
import { describePreverifiedNumber, describeState } from './describe-state.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { momentOf, type Simulation } from '../world/simulation.ts';

interface Deps extends Simulation {
  readonly faults: FaultScript;
  /** The ledger; emptied on reset. */
  readonly requests: RecordedRequest[];
  /** Forgets the open popups. */
  readonly closeDialogs: () => void;
}

/** The typed controls over one simulated world. */
export function createControl(deps: Deps): SimulatorControl {
  const { world, clock, ids, settings, faults, requests, closeDialogs } = deps;
  const control: SimulatorControl = {
    state: () => describeState(world, clock.now()),
    reset() {
      clock.reset();
      faults.set([]);
      requests.length = 0;
      closeDialogs();
      Object.assign(world, createWorld({ businessId: settings.businessId, ids }));
      control.seedNumbers({ count: settings.numbers });
    },
    now: () => clock.now(),
    setClock: (now) => clock.set(now),
    advance: (duration) => clock.advance(duration),
    seedNumbers(seed) {
      const moment = momentOf(deps);
      const added = seedNumbers({ ...moment, businessId: settings.businessId }, seed);
      return added.map((number) => describePreverifiedNumber(number, moment.now));
    },
    inbox: (to) => world.inbox.filter((message) => to === undefined || digitsOf(message.to) === digitsOf(to)),
    requests: () => [...requests],
    setFaults: (script) => faults.set(script),
    signUp: (request = {}) =>
      signUp({ ...momentOf(deps), showAll: settings.assumptions.preverifiedIdsShown === 'all' }, request),
  };
  return control;
}
