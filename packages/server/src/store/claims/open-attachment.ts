import type { Transaction } from 'kysely';
import type { NewAttachment, NumbersStore } from '../../ports/numbers-store.ts';
import { holdForAttachment, isHeldByAnother, lockForAttachment } from '../pool/attachment-hold.ts';
import type { NumberRow } from '../pool-tables.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { goOnAt } from '../work/go-on-at.ts';
import { findAccountCap, isAttachmentOf, overStatuses } from './claims-of-account.ts';
import { newClaimRow } from './join-halves.ts';
import { selectClaims } from './select-claims.ts';
import { writeHistory } from './write-history.ts';

/**
 * Opens a claim that puts a number of the pool on a customer's account, with its work, and sets the number aside for it: from
 * here on nobody is offered it. Two who ask at once wait for each other at the customer and at the number.
 */
export async function openAttachment(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  input: NewAttachment,
): ReturnType<NumbersStore['openAttachment']> {
  const { now, numberId, wabaId, customerId, sessionId, heldUntil } = input;
  const number = await lockForAttachment(trx, deps, { numberId, customerId });
  if (number === undefined) return { outcome: 'missing' };
  const known = await selectClaims(trx, deps.scope)
    .where((eb) => isAttachmentOf(eb, { numberId, wabaId }))
    .where('signup_claims.status', 'not in', overStatuses)
    .limit(1)
    .executeTakeFirst();
  if (known !== undefined) return { outcome: 'known', claim: toClaim(known) };
  if (number.claim_id !== null || (await isOwned(trx, deps, number))) return { outcome: 'claimed' };
  if (number.gone_at !== null) return { outcome: 'gone' };
  const expiry = number.verification_expires_at;
  const staysVerified = expiry === null || expiry > heldUntil;
  if (number.verification_status !== 'VERIFIED' || !staysVerified) return { outcome: 'not_verified' };
  const attachment = { customer_id: customerId, session_id: sessionId };
  if (isHeldByAnother(number, attachment, now)) return { outcome: 'held', until: number.held_until ?? now };
  const mostNumbers = await findAccountCap({ db: trx, scope: deps.scope }, { wabaId, now });
  if (mostNumbers !== undefined && (await countNumbers(trx, deps, input)) >= mostNumbers)
    return { outcome: 'cap_reached', mostNumbers };

  const claim = toRow(input, deps, number, await lastWarning(trx, deps, input));
  await trx
    .insertInto('signup_claims')
    .values({ ...claim, history_length: 1 })
    .execute();
  const history = {
    what: 'opened by an operator: a number of the pool for the account',
    who: input.who,
    reason: undefined,
    traceId: undefined,
  };
  await writeHistory(trx, claim, history, { now });
  await holdForAttachment(trx, numberId, attachment, { now, until: heldUntil });
  await goOnAt(trx, claim, { step: 'attach_named', now, workId: input.workId });
  return { outcome: 'opened', claim: toClaim({ ...claim, step: 'attach_named' }) };
}

/** Whether a live claim has it already: it was imported before Meta listed it here. */
async function isOwned(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { digits }: NumberRow,
): Promise<boolean> {
  const owner = await trx
    .selectFrom('signup_claims')
    .select('id')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('digits', '=', digits)
    .where('live', '=', 1)
    .executeTakeFirst();
  return owner !== undefined;
}

/**
 * How many numbers the account has with all that are on their way to it. Two operators who ask for the account of one customer
 * wait for each other, so one of them counts the other's.
 */
async function countNumbers(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { wabaId, listed, now }: NewAttachment,
): Promise<number> {
  const coming = await trx
    .selectFrom('signup_claims')
    .leftJoin('signup_numbers', (join) =>
      join
        .onRef('signup_numbers.id', '=', 'signup_claims.attach_number_id')
        .onRef('signup_numbers.held_by', '=', 'signup_claims.session_id')
        .on('signup_numbers.held_until', '>', now),
    )
    .select('signup_claims.digits')
    .where('signup_claims.app_id', '=', scope.appId)
    .where('signup_claims.business_id', '=', scope.businessId)
    .where('signup_claims.attach_waba_id', '=', wabaId)
    .where((eb) =>
      eb.or([
        eb('signup_claims.status', 'in', ['received', 'proven', 'registering']),
        // An operator has it on their desk, and Meta may have the number already.
        eb('signup_numbers.id', 'is not', null),
      ]),
    )
    .execute();
  const onTheirWay = coming.filter(({ digits }) => digits === null || !listed.includes(digits));
  return listed.length + onTheirWay.length;
}

/** When the host was last told that this token runs out: its copy is no news. */
async function lastWarning(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  { wabaId, token }: NewAttachment,
): Promise<number | null> {
  if (token?.expiresAt === undefined) return null;
  const warned = await trx
    .selectFrom('signup_claims')
    .select((eb) => eb.fn.max('token_warned_at').as('at'))
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', wabaId)
    .where('token_expires_at', '=', token.expiresAt)
    .executeTakeFirst();
  return warned?.at ?? null;
}

function toRow(
  { token, ...input }: NewAttachment,
  { scope }: QueryDeps,
  number: NumberRow,
  tokenWarnedAt: number | null,
): ClaimRow {
  const { claimId, workId, sessionId, customerId, now } = input;
  const fresh = newClaimRow(
    {
      id: claimId,
      workId,
      sessionId,
      customerId,
      now,
      event: undefined,
      eventData: {},
      sealedCode: undefined,
      codeMark: undefined,
      redirectUri: undefined,
      runAt: now,
    },
    scope,
  );
  return {
    ...fresh,
    // What is to be done. Meta's word comes with the step `attach_named`.
    waba_id: input.wabaId,
    phone_number: number.phone_number,
    display_phone_number: number.display_phone_number,
    digits: number.digits,
    attach_number_id: input.numberId,
    attach_name: input.verifiedName,
    attach_waba_id: input.wabaId,
    sealed_token: token?.sealed ?? null,
    token_expires_at: token?.expiresAt ?? null,
    token_at: token === undefined ? null : now,
    token_warned_at: tokenWarnedAt,
  };
}
