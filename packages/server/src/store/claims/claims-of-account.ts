import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import { day } from '../../domain/durations.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { Claim } from '../../ports/records.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { selectClaims } from './select-claims.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];
type Answer<Method extends keyof NumbersStore> = ReturnType<NumbersStore[Method]>;

/** Statuses of claims that are over. */
export const overStatuses = ['ended', 'rejected', 'dismissed'] as const;

/** The claims of an account that are not over and whose account is proven, as where a token of it is looked for. */
export async function listClaimsOfAccount(
  { engine, scope }: QueryDeps,
  wabaId: Input<'listClaimsOfAccount'>,
): Answer<'listClaimsOfAccount'> {
  const rows = await selectClaims(engine.read, scope)
    .where('signup_claims.waba_id', '=', wabaId)
    .where('signup_claims.status', 'not in', overStatuses)
    .where((eb) =>
      eb.or([eb('signup_claims.proven_at', 'is not', null), eb('signup_claims.status', '=', 'no_number')]),
    )
    .orderBy('signup_claims.created_at', 'desc')
    .orderBy('signup_claims.id', 'desc')
    .execute();
  return rows.map(toClaim);
}

/**
 * Whether a claim was opened to put this number on this account, and an operator has not said since that it is about another
 * number. Not by `waba_id`: the version before forgets that one when it has a claim tried again.
 */
export function isAttachmentOf(
  eb: ExpressionBuilder<Tables, 'signup_claims'>,
  { numberId, wabaId }: { numberId: string; wabaId: string },
): Expression<SqlBool> {
  return eb.and([
    eb('signup_claims.attach_number_id', '=', numberId),
    eb(eb.fn.coalesce('signup_claims.assigned_waba_id', 'signup_claims.attach_waba_id'), '=', wabaId),
    eb.or([
      eb('signup_claims.pool_number_id', '=', numberId),
      eb.and([
        eb('signup_claims.pool_number_id', 'is', null),
        eb('signup_claims.assigned_phone_number_id', 'is', null),
      ]),
    ]),
  ]);
}

/** Whether a claim was opened to put this number on this account, whatever an operator has said since. */
function wasAttachmentOf(
  eb: ExpressionBuilder<Tables, 'signup_claims'>,
  { numberId, wabaId }: { numberId: string; wabaId: string },
): Expression<SqlBool> {
  return eb.and([
    eb('signup_claims.attach_number_id', '=', numberId),
    eb.or([
      eb('signup_claims.attach_waba_id', '=', wabaId),
      eb('signup_claims.assigned_waba_id', '=', wabaId),
    ]),
  ]);
}

/** Whether somebody's page was given the number after it was last set aside for the claim: whoever took it then is whose it is. */
function isOfferedSince(eb: ExpressionBuilder<Tables, 'signup_claims'>): Expression<SqlBool> {
  const own = eb
    .selectFrom('signup_holds as own')
    .select((of) => of.fn.max('own.held_at').as('at'))
    .whereRef('own.number_id', '=', 'signup_claims.attach_number_id')
    .whereRef('own.session_id', '=', 'signup_claims.session_id');
  return eb.exists(
    eb
      .selectFrom('signup_holds as later')
      .innerJoin('signup_sessions', 'signup_sessions.id', 'later.session_id')
      .select('later.number_id')
      .whereRef('later.number_id', '=', 'signup_claims.attach_number_id')
      .where('later.held_at', '>', own),
  );
}

/** The newest claim that an operator opened to put a number of the pool on an account. */
export async function findAttachment(
  { engine, scope }: QueryDeps,
  { numberId, wabaId, unlessOffered = false, evenIfAssigned = false }: Input<'findAttachment'>,
): Promise<Claim | undefined> {
  const isOne = evenIfAssigned ? wasAttachmentOf : isAttachmentOf;
  const row = await selectClaims(engine.read, scope)
    .where((eb) => isOne(eb, { numberId, wabaId }))
    .$if(unlessOffered, (query) => query.where((eb) => eb.not(isOfferedSince(eb))))
    .orderBy('signup_claims.created_at', 'desc')
    .orderBy('signup_claims.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** For so long Meta brings a webhook that nobody took. What is older may have been overtaken by one that was lost. Milliseconds. */
const capHolds = 7 * day;

/** How many numbers Meta says the portfolio of an account may have. @param now only a word that is young enough to refuse by */
export async function findAccountCap(
  { db, scope }: { db: Kysely<Tables>; scope: Scope },
  { wabaId, now }: { wabaId: string; now: number | undefined },
): Answer<'findAccountCap'> {
  const row = await db
    .selectFrom('signup_account_caps')
    .select('most_numbers')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', wabaId)
    .$if(now !== undefined, (query) => query.where('at', '>', (now ?? 0) - capHolds))
    .executeTakeFirst();
  return row?.most_numbers;
}
