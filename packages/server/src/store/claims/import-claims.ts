import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { ImportedClaim, ImportOutcome } from '../../ports/decisions.ts';
import type { IncomingClaim } from '../../ports/intake.ts';
import { findPoolRow } from '../pool/find-pool-number.ts';
import { notePhoneNumber } from '../phone-numbers/note-phone-number.ts';
import type { QueryDeps } from '../scope.ts';
import type { NumberRow } from '../pool-tables.ts';
import type { ClaimRow, Tables } from '../tables.ts';
import { newClaimRow } from './join-halves.ts';
import { markPoolNumber } from './mark-pool-number.ts';
import { writeHistory } from './write-history.ts';

/** Writes one number that was registered elsewhere, so that it is neither offered nor registered again. */
export async function importClaim(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  imported: ImportedClaim,
  { now, who }: { now: number; who: string },
): Promise<ImportOutcome> {
  const { scope } = deps;
  const digits = comparableDigits(imported.phoneNumber);
  const pooled = await findPoolRow(trx, scope, imported.phoneNumber);
  const owners = await trx
    .selectFrom('signup_claims')
    .select(['customer_id', 'app_id', 'business_id'])
    .where('live', '=', 1)
    // An id of Meta's is one number, whichever app of this database has it.
    .where((eb) =>
      eb.or([
        eb('phone_number_id', '=', imported.phoneNumberId),
        eb.and([
          eb('digits', '=', digits),
          eb('app_id', '=', scope.appId),
          eb('business_id', '=', scope.businessId),
        ]),
      ]),
    )
    .execute();
  const isTheirs = (owner: (typeof owners)[number]) =>
    owner.customer_id === imported.customerId &&
    owner.app_id === scope.appId &&
    owner.business_id === scope.businessId;
  if (!owners.every(isTheirs)) return 'conflict';
  if (owners.length > 0) return 'known';

  const claim = toRow(imported, deps, pooled, now);
  await trx
    .insertInto('signup_claims')
    .values({ ...claim, history_length: 1 })
    .execute();
  await writeHistory(
    trx,
    claim,
    { what: 'imported as registered', who, reason: undefined, traceId: undefined },
    { now },
  );
  if (imported.sealedPin !== undefined) {
    await trx
      .insertInto('signup_pins')
      .values({
        phone_number_id: imported.phoneNumberId,
        sealed_pin: imported.sealedPin,
        created_at: now,
        supplied_by: who,
      })
      .onConflict((conflict) => conflict.column('phone_number_id').doNothing())
      .execute();
  }
  await markPoolNumber(trx, claim, now);
  await notePhoneNumber(trx, deps, claim, now);
  return 'imported';
}

function toRow(
  imported: ImportedClaim,
  { scope }: QueryDeps,
  pooled: NumberRow | undefined,
  now: number,
): ClaimRow {
  // No popup stands behind it, so no session can ever have this name.
  const incoming: IncomingClaim = {
    id: imported.id,
    workId: imported.id,
    sessionId: `import:${imported.id}`,
    customerId: imported.customerId,
    now,
    event: undefined,
    eventData: {},
    sealedCode: undefined,
    codeMark: undefined,
    redirectUri: undefined,
    runAt: now,
  };
  return {
    ...newClaimRow(incoming, scope),
    status: 'registered',
    live: 1,
    waba_id: imported.wabaId,
    phone_number_id: imported.phoneNumberId,
    phone_number: imported.phoneNumber,
    display_phone_number: imported.phoneNumber,
    digits: comparableDigits(imported.phoneNumber),
    number_source: pooled === undefined ? 'own' : 'pool',
    pool_number_id: pooled?.id ?? null,
    sealed_token: imported.sealedToken ?? null,
    token_expires_at: imported.tokenExpiresAt ?? null,
    token_at: imported.sealedToken === undefined ? null : now,
    proven_at: now,
    registered_at: imported.registeredAt ?? now,
  };
}
