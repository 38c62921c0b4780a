import { isJsonObject } from '../json.ts';
import { createWorld, type World } from '../world/world.ts';
import { broken, readSavedState } from './read-saved-state.ts';
import { SavedStateError, unusable, type Savable } from './saved-state.ts';

/**
 * Puts a saved state (what `save()` returned, or that after JSON) in place of the present one; the objects stay the
 * same ones. Throws SavedStateError about the file or, without one, the option; nothing has changed then.
 */
export function restore(simulation: Savable, value: unknown, file?: string): void {
  const { world, clock, ids, settings } = simulation;
  const { businessId } = settings;
  const before = { clock: clock.state(), ids: ids.state() };
  try {
    const saved = readSavedState(value, businessId);
    clock.restore(saved.clock);
    ids.restore(saved.ids);
    // What an older simulator did not know begins as in a new world, with ids that were never issued.
    const lacks = Object.keys(world).some((name) => saved.world[name] === undefined);
    Object.assign(world, worldIn(saved.world, lacks ? createWorld({ businessId, ids }) : world));
  } catch (error) {
    clock.restore(before.clock);
    ids.restore(before.ids);
    const problem = error instanceof RangeError ? broken('clock') : error;
    throw problem instanceof SavedStateError ? unusable(problem, file) : problem;
  }
}

/** The members of `saved`, each of the kind that it has in `model`; those that are missing are `model`'s. */
function worldIn(saved: Readonly<Record<string, unknown>>, model: World): Partial<World> {
  const stranger = Object.keys(saved).find((name) => !Object.hasOwn(model, name));
  if (stranger !== undefined) {
    throw new SavedStateError(`its world has "${stranger}", which this simulator does not know`);
  }
  const members = Object.entries(model).map(([name, value]: [string, unknown]) => [
    name,
    saved[name] === undefined ? value : memberLike(value, saved[name], name),
  ]);
  // Every member was held to the one that createWorld makes.
  return Object.fromEntries(members) as Partial<World>;
}

function memberLike(model: unknown, saved: unknown, name: string): unknown {
  if (model instanceof Map) {
    if (!Array.isArray(saved) || !saved.every(isEntry)) throw broken(`world.${name}`);
    return new Map(structuredClone(saved));
  }
  if (Array.isArray(model)) {
    if (!Array.isArray(saved)) throw broken(`world.${name}`);
    return structuredClone(saved);
  }
  if (isJsonObject(model)) {
    if (!isJsonObject(saved)) throw broken(`world.${name}`);
    const defaults = Object.entries(model).map(([inner, value]) => [
      inner,
      saved[inner] === undefined ? value : memberLike(value, saved[inner], `${name}.${inner}`),
    ]);
    return { ...structuredClone(saved), ...Object.fromEntries(defaults) };
  }
  // Members that may be undefined, such as the webhook's subscription, have no kind to hold them to.
  if (model !== undefined && typeof saved !== typeof model) throw broken(`world.${name}`);
  return structuredClone(saved);
}

function isEntry(value: unknown): value is [string, unknown] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && value[1] !== null;
}
