import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import type { Transaction } from 'kysely';
import { isLive, nextStatus } from '../../domain/claim-transitions.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type { RecoveredClaim, RecoveryOutcome } from '../../ports/accounts.ts';
import { leasedAccount } from '../accounts/lease-accounts.ts';
import { tellOfStatus } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { goOnAt } from '../work/go-on-at.ts';
import { changeClaim } from './change-claim.ts';
import { newClaimRow } from './join-halves.ts';
import { writeHistory } from './write-history.ts';

/** Opens or completes the claim on a number that no browser claimed, or notes an orphan. Meta is asked once more then. */
export async function recoverClaim(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  recovered: RecoveredClaim,
): Promise<RecoveryOutcome> {
  const { engine, scope } = deps;
  const claim = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('session_id', '=', recovered.sessionId)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  // Claims are locked before anything else, as everybody does.
  if ((await leasedAccount(trx, deps, recovered.lease)) === undefined) return 'fenced';
  if (await isOwned(trx, recovered)) return 'owned';
  if (claim === undefined) {
    await open(trx, deps, recovered);
    return 'recovered';
  }
  return complete(trx, deps, claim, recovered);
}

async function isOwned(trx: Transaction<Tables>, { number }: RecoveredClaim): Promise<boolean> {
  if (number === undefined) return false;
  const owner = await trx
    .selectFrom('signup_claims')
    .select('id')
    .where('phone_number_id', '=', number.phoneNumberId)
    .where('live', '=', 1)
    .executeTakeFirst();
  return owner !== undefined;
}

/** A claim of which no browser ever spoke. */
async function open(trx: Transaction<Tables>, deps: QueryDeps, recovered: RecoveredClaim): Promise<void> {
  const { now, customerId, number, reason } = recovered;
  const fresh = newClaimRow(
    {
      id: recovered.claimId,
      workId: recovered.workId,
      sessionId: recovered.sessionId,
      customerId: customerId ?? '',
      now,
      event: undefined,
      eventData: {},
      sealedCode: undefined,
      codeMark: undefined,
      redirectUri: undefined,
      runAt: now,
    },
    deps.scope,
  );
  const isOrphan = customerId === undefined;
  const claim: ClaimRow = {
    ...withMetasWord(fresh, recovered),
    ...(isOrphan
      ? {
          status: 'needs_operator',
          number_source: number === undefined ? 'none' : 'unknown',
          reason_code: reason?.code ?? 'orphan',
          reason_message:
            reason?.message ?? 'Nobody claimed this number. Assign it to its customer, or dismiss it.',
          waba_id: recovered.wabaId,
          phone_number_id: number?.phoneNumberId ?? null,
          phone_number: number?.phoneNumber ?? null,
          display_phone_number: number?.displayPhoneNumber ?? null,
          digits: number === undefined ? null : comparableDigits(number.phoneNumber),
        }
      : {}),
  };
  await trx
    .insertInto('signup_claims')
    .values({ ...claim, history_length: 1 })
    .execute();
  await writeHistory(trx, claim, foundByMeta(isOrphan), { now, reason });
  if (isOrphan) await tellOfStatus(trx, deps, claim, now);
  else await goOnAt(trx, claim, { step: 'prove', now, workId: recovered.workId });
}

async function complete(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  claim: ClaimRow,
  recovered: RecoveredClaim,
): Promise<RecoveryOutcome> {
  const { now, customerId, number } = recovered;
  const status = claim.status as ClaimStatus; // written by this kit alone
  if (claim.customer_id !== (customerId ?? '')) return claim.customer_id === '' ? 'known' : 'closed';
  if (customerId === undefined) return 'known';
  if (isLive({ status, provenAt: claim.proven_at ?? undefined })) return 'closed';
  if (claim.id !== recovered.claimId) return 'busy';
  const isTheSame = claim.assigned_phone_number_id === (number?.phoneNumberId ?? null);
  // It was tried, and proof said what it said: to try for ever would change nothing.
  if (claim.recovered_at !== null && isTheSame) return status === 'received' ? 'busy' : 'known';
  const isReceived = status === 'received';
  if (!isReceived && nextStatus(status, 'retried') === undefined) return 'closed';
  if (isReceived && (await isWorkedOn(trx, deps, claim))) return 'busy';
  const outcome = await changeClaim(trx, deps, withMetasWord(claim, recovered), {
    now,
    event: isReceived ? undefined : 'retried',
    reason: null,
    history: foundByMeta(false),
  });
  if (outcome !== 'saved') return 'closed';
  await goOnAt(trx, claim, { step: 'prove', now, workId: recovered.workId });
  return 'recovered';
}

/** Whether somebody is at the claim right now. */
async function isWorkedOn(
  trx: Transaction<Tables>,
  { engine }: QueryDeps,
  { id }: ClaimRow,
): Promise<boolean> {
  const work = await trx
    .selectFrom('signup_work')
    .select('id')
    .where('kind', '=', 'claim')
    .where('claim_id', '=', id)
    .where('lease_until', '>', engine.databaseNow)
    .executeTakeFirst();
  return work !== undefined;
}

/** A claim with what Meta itself says: account and number, which proof then looks at, and a token for them. */
function withMetasWord(claim: ClaimRow, { now, wabaId, number, token }: RecoveredClaim): ClaimRow {
  // A token that was refused is no use; the one of a claim that only lacked its number is the customer's own.
  const keepsToken = claim.sealed_token !== null && claim.status !== 'rejected';
  return {
    ...claim,
    recovered_at: now,
    assigned_waba_id: wabaId,
    assigned_phone_number_id: number?.phoneNumberId ?? null,
    ...(keepsToken
      ? {}
      : {
          sealed_token: token?.sealed ?? null,
          token_expires_at: token?.expiresAt ?? null,
          token_at: token === undefined ? null : now,
        }),
  };
}

const foundByMeta = (isOrphan: boolean) => ({
  what: isOrphan
    ? 'found on the account: nobody claimed it'
    : 'recovered: Meta lists the number on the account',
  who: 'meta',
  reason: undefined,
  traceId: undefined,
});
