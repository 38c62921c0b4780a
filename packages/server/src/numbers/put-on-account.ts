import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { attachmentSession } from '../domain/attachment-session.ts';
import { tokenCell } from '../domain/cells.ts';
import { isOver } from '../domain/claim-transitions.ts';
import { day } from '../domain/durations.ts';
import { comparableDigits } from '../domain/number-match.ts';
import { isGone } from '../domain/number-standing.ts';
import { exactly, given, givenName } from '../ports/given.ts';
import { GraphError, type GraphErrorKind } from '../ports/graph-error.ts';
import type { Claim } from '../ports/records.ts';
import type { NumbersDeps } from './deps.ts';
import {
  AccountMissingError,
  AccountNotOursError,
  AccountOfSeveralError,
  NumberCapReachedError,
  NumberNamedOtherwiseError,
  PoolNumberUnavailableError,
} from './phone-number-errors.ts';

/** A number of the pool, and the name that customers see. */
export interface NumberForAccount {
  /** Meta's id of the pre-verified number. Digits. */
  numberId: string;
  /** The display name, 2 to 75 characters in one line; Meta reviews it. */
  verifiedName: string;
}

/** The schema of a {@link NumberForAccount}. */
export const numberForAccount: z.ZodType<NumberForAccount> = exactly({
  numberId: metaId,
  verifiedName: z
    .string('must be a text')
    .trim()
    .min(2, 'must have 2 characters or more')
    .max(75, 'must have 75 characters or less')
    // A half of a pair of surrogates is no character: what would be sent is another name than the operator's.
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line, without control characters and broken ones'),
});

/** What became of it: `opened`, or `known` when a claim that is not over is about the same number and account already. */
export interface PutOnAccount {
  outcome: 'opened' | 'known';
  claim: Claim;
}

/** How long the number is set aside at first, milliseconds: the servers may be down. While they are at it, it goes on. */
const holdFor = day;

/**
 * Puts a number of the pool on the account of a customer who is onboarded already, or who finished without a number, and
 * registers it, without the popup (Meta, "Pre-verified phone numbers", "Registering programmatically"). A claim records whose it
 * is from the start, and the servers do the work; asking again for the same changes nothing.
 *
 * @param who an operator's name: for the history
 * @throws NumberNamedOtherwiseError, AccountMissingError, AccountOfSeveralError, AccountNotOursError, NumberCapReachedError, PoolNumberUnavailableError,
 *   InvalidRequestError; nothing has changed then
 * @throws GraphError, CipherError, StoreUnavailableError
 */
export function putOnAccount(deps: NumbersDeps) {
  const { store, clock, random, cipher, wake } = deps;
  return async (wabaId: string, who: string, number: NumberForAccount): Promise<PutOnAccount> => {
    givenName(who);
    const account = given(metaId, wabaId, ['wabaId']);
    const { numberId, verifiedName } = given(numberForAccount, number);
    const known = await store.findAttachment({ numberId, wabaId: account });
    // What it has come to since, such as a cap that it reached itself, refuses no repetition.
    if (known !== undefined && !isOver(known.status)) return sameAsBefore(known, verifiedName);
    const customerId = onlyCustomer(await store.listClaimsOfAccount(account));
    const { token, listed } = await readListed(deps, account);
    const now = clock.now();
    const claimId = random.id();
    const opened = await store.openAttachment({
      claimId,
      workId: random.id(),
      sessionId: attachmentSession(claimId),
      customerId,
      wabaId: account,
      numberId,
      verifiedName,
      token: token && {
        sealed: await cipher.seal(token.value, tokenCell(claimId)),
        expiresAt: token.expiresAt,
      },
      listed,
      now,
      heldUntil: now + holdFor,
      who,
    });
    if (opened.outcome === 'cap_reached') throw new NumberCapReachedError(opened.mostNumbers);
    if (opened.outcome === 'held') throw new PoolNumberUnavailableError('held', opened.until);
    if (opened.outcome !== 'opened' && opened.outcome !== 'known')
      throw new PoolNumberUnavailableError(opened.outcome);
    if (opened.outcome === 'known') return sameAsBefore(opened.claim, verifiedName);
    wake(claimId);
    return opened;
  };
}

/** A repetition; but a name that would not be heard of is none. */
function sameAsBefore(claim: Claim, verifiedName: string): PutOnAccount {
  const before = claim.toAttach?.verifiedName;
  if (claim.provenAt === undefined && before !== undefined && before !== verifiedName)
    throw new NumberNamedOtherwiseError(claim.id, before);
  return { outcome: 'known', claim };
}

/** Whose the account is. What nobody has been found for is nobody's. */
function onlyCustomer(claims: readonly Claim[]): string {
  const customers = new Set(claims.map(({ customerId }) => customerId).filter((id) => id !== ''));
  const [only, ...others] = customers;
  if (only === undefined) throw new AccountMissingError();
  if (others.length > 0) throw new AccountOfSeveralError();
  return only;
}

/** The newest token of the account's customer; `undefined`: there is none that is good, so the BSP's own must do. */
async function tokenOf({ store, cipher, clock }: NumbersDeps, wabaId: string) {
  const kept = await store.findToken(wabaId);
  if (kept === undefined) return undefined;
  const { claimId, sealedToken, expiresAt } = kept;
  if (expiresAt !== undefined && expiresAt <= clock.now()) return undefined;
  return { value: await cipher.open(sealedToken, tokenCell(claimId)), expiresAt };
}

/** Of the customer's own token all of these mean that they took it back, of ours one means that it is no good. */
const refusals = {
  customers: new Set<GraphErrorKind>(['permission', 'not_found', 'auth']),
  ours: new Set<GraphErrorKind>(['permission', 'not_found']),
} as const;

/**
 * Reads the account before anything is spent: whether it is still ours to use, and with which token. Our own comes second: the
 * account may be shared with us though the customer's token is dead.
 */
async function readListed(deps: NumbersDeps, wabaId: string) {
  const token = await tokenOf(deps, wabaId);
  if (token !== undefined) {
    try {
      return { token, listed: await listedDigits(deps, wabaId, token.value) };
    } catch (error) {
      if (!(error instanceof GraphError) || !refusals.customers.has(error.kind)) throw error;
    }
  }
  try {
    return { token: undefined, listed: await listedDigits(deps, wabaId, undefined) };
  } catch (error) {
    if (!(error instanceof GraphError) || !refusals.ours.has(error.kind)) throw error;
    throw new AccountNotOursError({ cause: error });
  }
}

/** The numbers of the account that count among those that Meta allows, as digits that compare. */
async function listedDigits({ graph }: NumbersDeps, wabaId: string, token: string | undefined) {
  const digits: string[] = [];
  for await (const number of graph.listAccountNumbers(wabaId, token)) {
    if (!isGone(number)) digits.push(comparableDigits(number.displayPhoneNumber));
  }
  return digits;
}
