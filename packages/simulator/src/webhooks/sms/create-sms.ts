import { e164Of } from '../../phone/phone-number.ts';
import { poolOf } from '../../world/numbers/number-lookup.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { SmsDelivery, SmsForm } from '../../world/sms-state.ts';
import type { DeliveryAttempt } from '../../world/webhook-state.ts';
import type { WorldEvent } from '../../world/world-event.ts';
import type { LoopDeps } from '../delivery/delivery-loop.ts';
import type { Which } from '../delivery/pass-loop.ts';
import { createSmsLoop } from './sms-loop.ts';
import { gatewayOf, type SmsRequest } from './sms-request.ts';

/** The telephony provider as it is set up, undefined where there is none; its secret is not told. */
export interface SmsDescription {
  readonly url: string | undefined;
  readonly form: SmsForm | undefined;
  readonly from: string | undefined;
  /** Whether texts are handed in by themselves. */
  readonly auto: boolean | undefined;
}

/** A text that reached a number of the BSP's, and what became of handing it in. */
export interface SmsDeliveryState {
  readonly id: string;
  /** `+15550100001` */
  readonly to: string;
  /** `WhatsApp code 123-456` */
  readonly text: string;
  /** When Meta sent it (ms, UTC). */
  readonly sentAt: number;
  /** `given-up` after four attempts or when the provider was taken away. */
  readonly state: SmsDelivery['state'];
  /** Oldest first; times in ms, UTC. */
  readonly attempts: readonly DeliveryAttempt[];
  /** When it is tried next (ms, UTC); undefined unless it waits. */
  readonly nextAt: number | undefined;
}

/** The provider of the BSP's telephone numbers, who hands in the texts that reach them. */
export interface Sms {
  /** Takes what happened in the world: a code that was sent as a text. */
  hear(event: WorldEvent): void;
  /** Sets the provider up, or takes it away. Throws TypeError; nothing has changed then. */
  set(request: SmsRequest | null): SmsDescription;
  describe(): SmsDescription;
  deliver(which: Which): Promise<readonly SmsDeliveryState[]>;
  deliveries(): readonly SmsDeliveryState[];
  /** Looks again at what is due; to be called when the clock was moved. */
  wake(): void;
  /** Breaks off what is on its way, for a fresh start or, with `forGood`, for ever. */
  stop(options?: { readonly forGood: boolean }): void;
}

/** The telephony provider of one simulated world. */
export function createSms(deps: LoopDeps & Pick<Simulation, 'ids'>): Sms {
  const { world, clock, ids } = deps;
  const loop = createSmsLoop(deps);
  const sms: Sms = {
    hear(event) {
      if (event.kind !== 'code-sent' || event.method !== 'SMS' || world.sms.gateway === undefined) return;
      if (!isOfPartner(deps, event.digits)) return;
      const now = clock.now();
      world.sms.counted += 1;
      world.sms.deliveries.push({
        id: String(world.sms.counted),
        key: ids.messageKey(32),
        to: event.digits,
        text: event.text,
        sentAt: now,
        state: 'waiting',
        attempts: [],
        nextAt: now,
      });
      loop.wake();
    },
    set(request) {
      world.sms.gateway = request === null ? undefined : gatewayOf(request);
      if (request === null) giveUpWhatWaits(world.sms.deliveries);
      loop.wake();
      return sms.describe();
    },
    describe() {
      const { url, form, from, auto } = world.sms.gateway ?? {};
      return { url, form, from, auto };
    },
    async deliver(which) {
      const made = await loop.pass(which);
      loop.wake();
      return made.map(describe);
    },
    deliveries: () => world.sms.deliveries.map(describe),
    wake: () => loop.wake(),
    stop: (options) => loop.stop(options),
  };
  return sms;
}

/** Whether the BSP's provider has this number: it is in the BSP's own pool, or on an account. */
function isOfPartner({ world, settings, clock }: LoopDeps, digits: string): boolean {
  const pooled = poolOf({ world, now: clock.now() }).some(
    (number) => number.digits === digits && number.ownerBusinessId === settings.businessId,
  );
  return pooled || [...world.phoneNumbers.values()].some((number) => number.digits === digits);
}

function giveUpWhatWaits(deliveries: readonly SmsDelivery[]): void {
  for (const delivery of deliveries) {
    if (delivery.state === 'waiting') delivery.state = 'given-up';
  }
}

function describe({ id, to, text, sentAt, state, attempts, nextAt }: SmsDelivery): SmsDeliveryState {
  return {
    id,
    to: e164Of(to),
    text,
    sentAt,
    state,
    attempts: [...attempts],
    nextAt: state === 'waiting' ? nextAt : undefined,
  };
}
