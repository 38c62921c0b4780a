import { expect } from 'vitest';
import { liveOn } from '../../recovery/support/oracle.ts';
import { day, first, type AccountWorld } from './account-world.ts';

/** One claim of the operator’s, registered; the number added once, and nobody else’s. */
export async function expectRegistered(
  world: AccountWorld,
  numberId: string,
  wabaId: string,
): Promise<string> {
  const { host } = world;
  await host.until(day, async () => (await world.attachment(numberId))?.status === 'registered');
  const claims = await host.records();
  const mine = claims.filter(({ toAttach }) => toAttach !== undefined);
  expect(mine.map(({ status, reason, customerId }) => [status, reason?.code, customerId])).toEqual([
    ['registered', undefined, 'lucky-shrub'],
  ]);
  const { id, phoneNumberId } = first(mine);
  expect(liveOn(claims, phoneNumberId).map((one) => one.id)).toEqual([id]);
  expect(
    claims.filter(({ customerId }) => customerId === ''),
    'no orphan',
  ).toEqual([]);
  expect(claims, 'no second claim').toHaveLength(2);
  const atMeta = host.sim.state().phoneNumbers.filter((one) => one.wabaId === wabaId);
  expect(atMeta.filter((one) => one.id === phoneNumberId)).toMatchObject([
    { registeredAt: expect.any(Number) },
  ]);
  expect(await host.poolNumber(numberId)).toMatchObject({ claimId: id, claimedBy: 'lucky-shrub' });
  expect(host.registerCalls(phoneNumberId ?? '')).toBe(1);
  expect(host.errors).toEqual([]);
  return id;
}
