import type { ClaimEvent } from '../domain/claim-transitions.ts';
import { wantsVerification } from '../domain/number-standing.ts';
import { customerToken, mayDoWithout } from '../ports/customer-token.ts';
import type { Decision } from '../ports/decisions.ts';
import type { Graph } from '../ports/graph.ts';
import type { Claim } from '../ports/records.ts';
import { ClaimNeedsNoCodeError } from './claim-code-errors.ts';
import { ClaimWithoutNumberError, ClaimWithoutTokenError } from './claim-errors.ts';
import { waitsForCode } from './claim-verb.ts';
import { existing } from './decide-on.ts';
import type { ClaimsDeps } from './deps.ts';

/** What the verbs about one-time codes are made of. */
export interface ClaimCodeDeps extends ClaimsDeps {
  graph: Pick<Graph, 'readNumber' | 'requestCode' | 'submitCode'>;
}

/** A claim whose number Meta wants verified, with all that it takes to speak with Meta about it. */
export interface WaitingForCode {
  claim: Claim;
  phoneNumberId: string;
  /** E.164: the ledger of calls counts by it. */
  phoneNumber: string;
  /** The customer's; `undefined`: the BSP's own. */
  token: string | undefined;
}

/**
 * @throws ClaimMissingError, ClaimNeedsNoCodeError, ClaimWithoutNumberError, ClaimWithoutTokenError, CipherError,
 *   StoreUnavailableError
 */
export async function waitingForCode(
  { store, cipher }: Pick<ClaimsDeps, 'store' | 'cipher'>,
  claimId: string,
): Promise<WaitingForCode> {
  const claim = await existing(store, claimId);
  if (!waitsForCode(claim.status)) throw new ClaimNeedsNoCodeError(claim.status);
  const { phoneNumberId, phoneNumber, sealedToken } = claim;
  if (phoneNumberId === undefined || phoneNumber === undefined) throw new ClaimWithoutNumberError('a code');
  if (sealedToken === undefined && !mayDoWithout(claim)) throw new ClaimWithoutTokenError();
  return { claim, phoneNumberId, phoneNumber, token: await customerToken({ cipher }, claim) };
}

/**
 * Whether Meta still wants the number verified. Where Meta says neither, it does: that is why the claim waits.
 *
 * @throws GraphError
 */
export async function wantsCode(
  { graph }: Pick<ClaimCodeDeps, 'graph'>,
  { phoneNumberId, token }: Pick<WaitingForCode, 'phoneNumberId' | 'token'>,
): Promise<boolean> {
  return wantsVerification(await graph.readNumber(phoneNumberId, token));
}

/** Something that was done about the code of a claim, as it goes into the history. */
export type Told = Decision['history'];

/**
 * Writes into the history what was done about the code. Where the claim has moved on meanwhile nothing is written: somebody
 * else was faster. Resolves to the claim as it is then.
 *
 * @throws ClaimMissingError, StoreUnavailableError
 */
export async function tell(deps: ClaimsDeps, claim: Claim, history: Told): Promise<Claim> {
  return change(deps, claim, { history });
}

/**
 * The number is verified: has the claim go on with the registration, which reads the number once more.
 *
 * @throws ClaimMissingError, StoreUnavailableError
 */
export async function goOnVerified(deps: ClaimsDeps, claim: Claim, history: Told): Promise<Claim> {
  const workId = deps.random.id();
  const after = await change(deps, claim, {
    event: 'verified' satisfies ClaimEvent,
    reason: null,
    history,
    work: { do: 'go', step: 'register', workId },
  });
  deps.wake(claim.id);
  return after;
}

async function change(
  { store, clock }: ClaimsDeps,
  { id, status, customerId }: Claim,
  decision: Omit<Decision, 'claimId' | 'now' | 'onlyFrom'>,
): Promise<Claim> {
  await store.decide({ claimId: id, now: clock.now(), onlyFrom: { status, customerId }, ...decision });
  return existing(store, id);
}
