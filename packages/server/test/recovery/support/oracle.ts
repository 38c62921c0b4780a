import { expect } from 'vitest';
import type { Claim } from '../../../src/ports/records.ts';
import type { Popup, RecoveryHost } from './recovery-host.ts';
import { hour } from './stories.ts';

/** What Meta, the host and the customer must agree on once a sign-up has found its way. */
export interface Owner {
  customerId: string;
  popup: Popup;
  /** Meta's id of the number in the pool; `undefined` when it is the customer's own. */
  poolNumberId: string | undefined;
}

/** By then whatever can be found out has been found out. */
export const longEnough = 26 * hour;

/** Live by the only rule that counts: proven and not over. */
export const liveOn = (claims: readonly Claim[], phoneNumberId: string | undefined): Claim[] =>
  claims.filter(
    (claim) =>
      claim.phoneNumberId === phoneNumberId &&
      claim.provenAt !== undefined &&
      !['ended', 'rejected', 'dismissed'].includes(claim.status),
  );

/** Waits until the number of a popup is registered. Resolves to how long that took, milliseconds. */
export async function untilRegistered(
  host: RecoveryHost,
  { phoneNumberId }: Popup,
  within = longEnough,
): Promise<number> {
  const took = await host.until(within, async () =>
    liveOn(await host.records(), phoneNumberId).some(({ status }) => status === 'registered'),
  );
  if (took !== undefined) return took;
  const { claims, reasons } = await standingOf(host);
  throw new Error(
    `the number ${phoneNumberId ?? ''} is not registered after ${within / hour} hours: ${JSON.stringify(claims)} ${reasons}\n${[...host.errors, ...host.log].slice(-5).join('\n')}`,
  );
}

async function standingOf(host: RecoveryHost) {
  const claims = await host.records();
  return {
    claims: claims.map(({ id, customerId, status, phoneNumberId, reason }) => ({
      id,
      customerId,
      status,
      phoneNumberId,
      reason: reason?.code,
    })),
    reasons: claims.map(({ reason }) => reason?.message ?? '').join(' '),
  };
}

/** Everything that must be true of a number that was claimed: at Meta, on disk, for the host, and for its customer. */
export async function expectOwned(host: RecoveryHost, owner: Owner): Promise<Claim> {
  const { customerId, popup, poolNumberId } = owner;
  const { phoneNumberId = '', wabaId } = popup;
  const claims = await host.records();
  const live = liveOn(claims, phoneNumberId);
  expect(
    live.map((claim) => ({ customer: claim.customerId, status: claim.status, waba: claim.wabaId })),
    'one live claim, of the right customer',
  ).toEqual([{ customer: customerId, status: 'registered', waba: wabaId }]);
  const [claim] = live;
  if (claim === undefined) throw new Error('no live claim');
  expect(claim).toMatchObject({
    phoneNumberId,
    numberSource: poolNumberId === undefined ? 'own' : 'pool',
    poolNumberId,
    reason: undefined,
  });
  if (poolNumberId !== undefined) {
    expect(await host.poolNumber(poolNumberId), 'the pool number is marked as theirs').toMatchObject({
      claimId: claim.id,
      claimedBy: customerId,
      heldBy: undefined,
    });
  }

  const atMeta = host.sim.state().phoneNumbers.find(({ id }) => id === phoneNumberId);
  expect(atMeta, 'Meta has the number in service').toMatchObject({
    wabaId,
    registeredAt: expect.any(Number),
  });
  expect(host.registerCalls(phoneNumberId), 'calls of /register').toBe(1);
  expect(host.sim.state().accounts.find(({ id }) => id === wabaId)).toMatchObject({ subscribed: true });

  const registered = host
    .toldOf('claimRegistered')
    .filter(({ data }) => (data['claim'] as { phoneNumberId?: string }).phoneNumberId === phoneNumberId); // as documented
  expect(
    registered.map(({ claimId }) => claimId),
    'claimRegistered is told once',
  ).toEqual([claim.id]);
  expect(registered[0]?.data).toMatchObject({ claim: { customerId, wabaId, phoneNumberId } });

  const { status, body } = await host.view(claim.id, customerId);
  // What an operator opened is none of the page's.
  expect({ status, claim: body.claim }).toMatchObject(
    claim.toAttach === undefined
      ? { status: 200, claim: { id: claim.id, status: 'registered', phoneNumberId } }
      : { status: 404 },
  );
  expect((await host.view(claim.id, 'somebody-else')).status).toBe(404);
  return claim;
}

/** Nobody has a live claim on the number, and the operator is shown one that says what to do. */
export async function expectLeftToOperator(
  host: RecoveryHost,
  { phoneNumberId, wabaId }: Popup,
): Promise<string> {
  const claims = await host.records();
  expect(liveOn(claims, phoneNumberId), 'nobody owns the number').toEqual([]);
  expect(host.registerCalls(phoneNumberId ?? ''), 'calls of /register').toBe(0);
  const shown = (await host.orphans()).filter((one) => one.wabaId === wabaId);
  expect(shown, 'shown to the operator once').toMatchObject([
    {
      customerId: '',
      status: 'needs_operator',
      phoneNumberId,
      reason: { code: expect.stringMatching(/^[a-z_]+$/) },
    },
  ]);
  // A sentence that says what to do: an imperative that the operator's routes know.
  expect(shown[0]?.reason?.message).toMatch(/\b(assign|dismiss)\b/i);
  expect(shown[0]?.reason?.message).toMatch(/\.$/);
  const attention = host.toldOf('claimNeedsAttention').filter(({ claimId }) => claimId === shown[0]?.id);
  expect(attention.length, 'claimNeedsAttention is told once').toBe(1);
  return shown[0]?.id ?? '';
}
