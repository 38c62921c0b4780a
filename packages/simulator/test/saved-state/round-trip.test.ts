import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { SendWebhook } from '../../src/index.ts';
import type { World } from '../../src/world/world.ts';
import { playground } from '../support/playground.ts';
import { doAll, EVERYTHING, operations } from './operations.ts';

/** The worlds that were made, newest last: a simulator shows no one its own. */
const worlds = vi.hoisted((): World[] => []);

vi.mock(import('../../src/world/world.ts'), async (original) => {
  const { createWorld, ...others } = await original();
  return {
    ...others,
    createWorld(deps) {
      const world = createWorld(deps);
      worlds.push(world);
      return world;
    },
  };
});

/** A callback that acknowledges some events and not others, the same ones every time. */
const send: SendWebhook = ({ body = '' }) => Promise.resolve({ status: body.length % 2 ? 200 : 500 });

/** What JSON would not give back; `path` says where it is. */
function notPlain(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? [] : [path];
  if (value === null || ['string', 'boolean', 'undefined'].includes(typeof value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) =>
      item === undefined ? [`${path}.${index}`] : notPlain(item, `${path}.${index}`),
    );
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return [path];
  if (Object.hasOwn(value, 'toJSON') || Object.getOwnPropertySymbols(value).length > 0) return [path];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    notPlain(inner, `${path}.${name}`),
  );
}

/** The same for a world, whose own members may be Maps with texts as keys. */
function notPlainIn(world: World): string[] {
  return Object.entries(world).flatMap(([name, member]: [string, unknown]) => {
    if (!(member instanceof Map)) return notPlain(member, name);
    return [...member].flatMap(([key, value]: [unknown, unknown]) => {
      const fits = typeof key === 'string' && value !== undefined && value !== null;
      return fits ? notPlain(value, `${name}.${key}`) : [`${name}.${String(key)}`];
    });
  });
}

test('the world is plain data whatever happens, with Maps at its top only', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(operations(60), async (steps) => {
      const simulator = await playground({ numbers: 2, send });
      const world = worlds.at(-1);
      if (world === undefined) throw new Error('no world was made');
      await doAll(simulator, [...EVERYTHING, ...steps]);
      expect(notPlainIn(world)).toEqual([]);
      for (const [name, member] of Object.entries(world) as [string, unknown][]) {
        if (member instanceof Map ? member.size > 0 : JSON.stringify(member) !== '[]') seen.add(name);
      }
      await simulator.close();
    }),
    { numRuns: 30 },
  );
  // Nothing was said about what stayed empty.
  expect([...seen].sort()).toEqual(Object.keys(worlds[0] ?? {}).sort());
});

test('what is not plain is found', () => {
  const odd = [
    new Map(),
    new Set(),
    new Date(),
    Number.NaN,
    Infinity,
    () => 1,
    [undefined],
    { a: { b: new Map() } },
    1n,
  ];
  for (const value of odd) expect(notPlain(value, 'here')).not.toEqual([]);
});

test('after any operations, what was saved goes on like the one it was saved from', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), operations(25), operations(15), async (rich, past, future) => {
      const before = await playground({ numbers: 2, send });
      // Deliveries by themselves would come when they please.
      before.setDelivery({ auto: false });
      await doAll(before, [...(rich ? EVERYTHING : []), ...past]);
      const saved = before.save();
      const after = await playground({ send, state: JSON.parse(JSON.stringify(saved)) });
      expect(after.save()).toEqual(saved);
      expect(after.state()).toEqual(before.state());
      expect(after.deliveries()).toEqual(before.deliveries());
      expect(after.messages()).toEqual(before.messages());
      expect(after.smsDeliveries()).toEqual(before.smsDeliveries());
      expect(await doAll(after, future)).toEqual(await doAll(before, future));
      expect(after.save()).toEqual(before.save());
      await Promise.all([before.close(), after.close()]);
    }),
    { numRuns: 25 },
  );
});
