import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { Claim } from '../../ports/records.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
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

/** The newest claim that an operator opened to put a number of the pool on an account. */
export async function findAttachment(
  { engine, scope }: QueryDeps,
  { numberId, wabaId }: Input<'findAttachment'>,
): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.waba_id', '=', wabaId)
    .where('signup_claims.attach_number_id', '=', numberId)
    .orderBy('signup_claims.created_at', 'desc')
    .orderBy('signup_claims.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** How many numbers Meta says the portfolio of an account may have. */
export async function findAccountCap(
  { engine, scope }: QueryDeps,
  wabaId: Input<'findAccountCap'>,
): Answer<'findAccountCap'> {
  const row = await engine.read
    .selectFrom('signup_account_caps')
    .select('most_numbers')
    .where('app_id', '=', scope.appId)
    .where('business_id', '=', scope.businessId)
    .where('waba_id', '=', wabaId)
    .executeTakeFirst();
  return row?.most_numbers;
}
