import type { ClaimEvent } from '../../../src/domain/claim-transitions.ts';
import { poolNumber } from '../../../src/testing/contract/contract-case.ts';
import type { TextWorld } from './text-world.ts';

const history = { what: 'a step', who: 'kit', reason: undefined, traceId: undefined };

/** A claim that has the first number of the pool. */
export interface ClaimOfNumber {
  id: string;
  /** Moves it on by one event. */
  moves(event: ClaimEvent): Promise<void>;
}

/** Makes it, proven and no more. Its token opens to `token`. */
export async function claimNumber(
  { store, cipher, now }: TextWorld,
  { name = 'ada' }: { name?: string } = {},
): Promise<ClaimOfNumber> {
  const id = `claim-of-${name}`;
  await store.openSession({
    id: `session-of-${name}`,
    customerId: name,
    country: undefined,
    wanted: 1,
    now: now(),
    launchUntil: now() + 1,
    claimUntil: now() + 1,
    verifiedUntil: now() + 1,
  });
  await store.recordClaim({
    id,
    workId: `work-of-${name}`,
    sessionId: `session-of-${name}`,
    customerId: name,
    now: now(),
    event: 'FINISH',
    eventData: {},
    sealedCode: undefined,
    codeMark: undefined,
    redirectUri: undefined,
    runAt: now(),
  });
  const [lease] = await store.leaseWork({ now: now(), limit: 1, claimId: id });
  if (lease === undefined) throw new Error('its work could not be leased');
  const sealedToken = await cipher.seal('token', `claims.token/${id}`);
  await store.keepToken({ lease, now: now(), sealedToken, expiresAt: undefined });
  const { id: poolNumberId, phoneNumber } = poolNumber(1);
  const proven = await store.finishStep({
    lease,
    now: now(),
    event: 'proven',
    patch: {
      phoneNumberId: '777',
      phoneNumber,
      wabaId: '888',
      provenAt: now(),
      numberSource: 'pool',
      poolNumberId,
    },
    history,
    next: { do: 'done' },
  });
  if (proven !== 'saved') throw new Error(`it could not be proven: ${proven}`);
  return {
    id,
    async moves(event) {
      const outcome = await store.decide({ claimId: id, now: now(), event, history });
      if (outcome !== 'saved') throw new Error(`it could not be moved on by ${event}: ${outcome}`);
    },
  };
}
