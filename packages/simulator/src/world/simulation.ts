import type { Assumptions } from '../settings/assumptions.ts';
import type { Clock } from '../clock/clock.ts';
import type { Identifiers } from '../random/identifiers.ts';
import type { Settings } from '../settings/settings.ts';
import type { Tell } from './world-event.ts';
import type { World } from './world.ts';

/** One simulated Meta: what Graph, popup and controls all work on. */
export interface Simulation {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly world: World;
  /** Tells what happened, for webhooks. */
  readonly tell: Tell;
}

/** The parts that a rule of the world needs, with the time it applies at. */
export interface Moment {
  readonly world: World;
  readonly ids: Identifiers;
  readonly tell: Tell;
  /** The answers to what the documents leave open. */
  readonly assumptions: Assumptions;
  /** New customers that the partner may onboard in any seven days. */
  readonly onboardingsPerWeek: number;
  /** ms, UTC. */
  readonly now: number;
}

/** The world as it stands at the simulator's present time. */
export function momentOf({ world, ids, tell, settings, clock }: Simulation): Moment {
  const { assumptions, onboardingsPerWeek } = settings;
  return { world, ids, tell, assumptions, onboardingsPerWeek, now: clock.now() };
}
