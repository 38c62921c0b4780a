import type { Clock, ClockState } from '../clock/clock.ts';
import type { Identifiers, IdentifiersState } from '../random/identifiers.ts';
import type { World } from '../world/world.ts';

/** Tells our files from others. */
export const FORMAT = 'embedded-signup-simulator';

/** Raised whenever an older program could not read a new file rightly. */
export const VERSION = 1;

/**
 * Everything a simulator needs to go on later: plain data for JSON, with the simulator's own secrets (tokens, codes,
 * PINs) in it. Faults, ledger, open popups and what waits in a socket are not part of it.
 */
export interface SavedState {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** The BSP's business; a simulator of another one refuses the state. */
  readonly businessId: string;
  readonly clock: ClockState;
  readonly ids: IdentifiersState;
  /** Maps as lists of `[key, value]`, so that their order is kept. */
  readonly world: Readonly<Record<string, unknown>>;
}

/** What a saved state is taken from and put into. */
export interface Savable {
  readonly world: World;
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly settings: { readonly businessId: string };
}

/** A saved state cannot be read, or belongs to something else. Nothing was changed, the file neither. */
export class SavedStateError extends Error {
  override readonly name = 'SavedStateError';
}

/** What is wrong, as a sentence about the file or, without one, the option `state`. */
export function unusable(cause: SavedStateError, file?: string): SavedStateError {
  const name = file === undefined ? 'The option state' : `The state file ${file}`;
  return new SavedStateError(`${name} cannot be used, and was left as it is: ${cause.message}.`, { cause });
}

/** The present state as JSON text. */
export function writeSavedState({ world, clock, ids, settings }: Savable): string {
  const members = Object.entries(world).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Map ? [...value] : value,
  ]);
  const state: SavedState = {
    format: FORMAT,
    version: VERSION,
    businessId: settings.businessId,
    clock: clock.state(),
    ids: ids.state(),
    world: Object.fromEntries(members),
  };
  return JSON.stringify(state);
}
