import { digitsOf } from '../phone/phone-number.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { RequestLedger } from '../ledger/request-ledger.ts';
import { signUp } from '../signup/sign-up.ts';
import { readSignUpRequest } from './read/sign-up-request.ts';
import { deletePhoneNumber } from '../world/numbers/delete-phone-number.ts';
import { setBusinessVerified } from '../world/businesses/set-business-verified.ts';
import { seedNumbers } from '../world/numbers/seed-numbers.ts';
import { createWorld } from '../world/world.ts';
import { readFaults } from './read/faults.ts';
import { describePreverifiedNumber } from './describe-numbers.ts';
import { describeState } from './describe-state.ts';
import type { Sms } from '../webhooks/sms/create-sms.ts';
import { createSmsControl } from './sms-control.ts';
import { createPartnerControl } from './partner-control.ts';
import { createWebhookControl } from './webhook-control.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { momentOf, type Simulation } from '../world/simulation.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';

interface Deps extends Simulation {
  readonly webhooks: Webhooks;
  readonly sms: Sms;
  readonly faults: FaultScript;
  /** Emptied on reset. */
  readonly requests: RequestLedger;
  /** Forgets the open popups. */
  readonly closeDialogs: () => void;
}

/** The typed controls over one simulated world. */
export function createControl(deps: Deps): SimulatorControl {
  const { world, clock, ids, settings, webhooks, sms, faults, requests, closeDialogs } = deps;
  const wake = () => {
    webhooks.wake();
    sms.wake();
  };
  const control: SimulatorControl = {
    ...createWebhookControl(deps),
    ...createSmsControl(deps),
    ...createPartnerControl(deps),
    state: () => describeState(world, clock.now()),
    reset() {
      webhooks.stop();
      sms.stop();
      clock.reset();
      faults.set([]);
      requests.clear();
      closeDialogs();
      Object.assign(world, createWorld({ businessId: settings.businessId, ids }));
      control.seedNumbers({ count: settings.numbers });
    },
    now: () => clock.now(),
    clock: () => ({ now: clock.now(), running: clock.state().running }),
    runClock(running) {
      clock.run(running);
      wake();
    },
    setClock(now) {
      clock.set(now);
      wake();
    },
    advance(duration) {
      clock.advance(duration);
      wake();
    },
    seedNumbers(seed) {
      const moment = momentOf(deps);
      const added = seedNumbers({ ...moment, businessId: settings.businessId }, seed);
      return added.map((number) => describePreverifiedNumber(number, moment.now));
    },
    inbox: (to) => world.inbox.filter((message) => to === undefined || digitsOf(message.to) === digitsOf(to)),
    setBusinessVerified: (businessId, verified) => setBusinessVerified(deps, businessId, verified),
    deletePhoneNumber: (phoneNumberId) => deletePhoneNumber(momentOf(deps), phoneNumberId),
    requests: (filter) => requests.list(filter),
    clearRequests: () => requests.clear(),
    setFaults: (setting) => faults.set(readFaults(setting)),
    faults: () => faults.left(clock.now()),
    signUp: (request = {}) =>
      signUp(
        {
          ...momentOf(deps),
          showAll: settings.assumptions.preverifiedIdsShown === 'all',
          form: settings.sessionLog === 'auto' ? 'v4' : settings.sessionLog,
        },
        readSignUpRequest(request),
      ),
  };
  return control;
}
