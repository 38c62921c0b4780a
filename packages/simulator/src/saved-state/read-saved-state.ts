import type { ClockState } from '../clock/clock.ts';
import { isJsonObject } from '../json.ts';
import type { IdentifiersState } from '../random/identifiers.ts';
import { FORMAT, SavedStateError, VERSION, type SavedState } from './saved-state.ts';

/** Checks what was saved, as far as the world's own members. Throws SavedStateError that says what to do. */
export function readSavedState(value: unknown, businessId: string): SavedState {
  if (!isJsonObject(value) || value['format'] !== FORMAT) {
    throw new SavedStateError('it is not a saved state of this simulator');
  }
  const { version, world } = value;
  if (!isCount(version) || version === 0) throw broken('version');
  if (version > VERSION) {
    throw new SavedStateError(
      `it was saved in format ${version} by a newer simulator; this one reads up to ${VERSION}, so update it`,
    );
  }
  if (typeof value['businessId'] !== 'string') throw broken('businessId');
  if (value['businessId'] !== businessId) {
    throw new SavedStateError(
      `it was saved for the business ${value['businessId']}, but the option businessId is ${businessId}`,
    );
  }
  if (!isJsonObject(world)) throw broken('world');
  return { format: FORMAT, version, businessId, clock: clockIn(value), ids: idsIn(value), world };
}

/** What is wrong with a state of ours that somebody or something has changed. */
export function broken(member: string): SavedStateError {
  return new SavedStateError(`its "${member}" is damaged`);
}

function clockIn({ clock }: { readonly [name: string]: unknown }): ClockState {
  if (isJsonObject(clock)) {
    const { running, offset, at } = clock;
    if (running === true && isWhole(offset)) return { running, offset };
    if (running === false && isWhole(at)) return { running, at };
  }
  throw broken('clock');
}

function idsIn({ ids }: { readonly [name: string]: unknown }): IdentifiersState {
  if (isJsonObject(ids)) {
    const { issued, random } = ids;
    if (isCount(issued) && isCount(random) && random < 2 ** 32) return { issued, random };
  }
  throw broken('ids');
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isWhole(value) && value >= 0;
}
