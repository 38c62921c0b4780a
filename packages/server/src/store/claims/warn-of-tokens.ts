import type { Transaction } from 'kysely';
import { day } from '../../domain/durations.ts';
import { tokenWarnings } from '../../domain/token-warnings.ts';
import { tellHost } from '../host-events/tell-host.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { changeClaim } from './change-claim.ts';

/** Tells the host of customers' tokens that run out, once per stage: without one nothing can be done on their account. */
export async function warnOfTokens(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  const { engine, scope } = deps;
  const due = await trx
    .selectFrom('signup_claims')
    .selectAll()
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('token_expires_at', '>', now - day)
    .where('status', 'not in', ['ended', 'rejected', 'dismissed'])
    .where('sealed_token', 'is not', null)
    .where('waba_id', 'is not', null)
    .where((eb) =>
      eb.or(
        tokenWarnings.map((stage) =>
          eb.and([
            eb('token_expires_at', '<=', now + stage),
            eb.or([
              eb('token_warned_at', 'is', null),
              eb('token_warned_at', '<', eb('token_expires_at', '-', stage)),
            ]),
          ]),
        ),
      ),
    )
    // A newer token of the same account is what counts, as in `findToken`.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_claims as newer')
            .select('newer.id')
            .whereRef('newer.waba_id', '=', 'signup_claims.waba_id')
            .whereRef('newer.app_id', '=', 'signup_claims.app_id')
            .whereRef('newer.business_id', '=', 'signup_claims.business_id')
            .whereRef('newer.token_at', '>', 'signup_claims.token_at')
            .where('newer.sealed_token', 'is not', null)
            .where('newer.status', 'not in', ['ended', 'rejected', 'dismissed']),
        ),
      ),
    )
    .orderBy('token_expires_at')
    .limit(limit)
    .$if(engine.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
  for (const claim of due) {
    const expiresAt = claim.token_expires_at ?? now;
    await changeClaim(
      trx,
      deps,
      { ...claim, token_warned_at: now },
      {
        now,
        history: {
          what: 'the host was told that the token runs out',
          who: 'kit',
          reason: undefined,
          traceId: undefined,
        },
      },
    );
    const more = {
      expiresAt: new Date(expiresAt).toISOString(),
      daysLeft: Math.max(0, Math.ceil((expiresAt - now) / day)),
    };
    await tellHost(trx, deps, { type: 'tokenExpiring', claim, now, more });
  }
  return due.length;
}
