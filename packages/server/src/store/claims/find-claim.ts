import type { Claim } from '../../ports/records.ts';
import type { Store } from '../../ports/store.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps } from '../scope.ts';
import { selectClaims } from './select-claims.ts';

/** One claim, or `undefined`. */
export async function findClaim({ engine, scope }: QueryDeps, id: string): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope).where('signup_claims.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** The claim that was delivered with a session, or `undefined`. */
export async function findClaimOfSession(
  { engine, scope }: QueryDeps,
  sessionId: string,
): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.session_id', '=', sessionId)
    .executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** A live claim of another customer on an account, or `undefined`. */
export async function findAccountOfAnother(
  { engine, scope }: QueryDeps,
  { wabaId, customerId, evenByWord = false }: { wabaId: string; customerId: string; evenByWord?: boolean },
): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.waba_id', '=', wabaId)
    .where('signup_claims.live', '=', 1)
    .where('signup_claims.customer_id', '!=', customerId)
    // As domain/by-word.ts says.
    .$if(!evenByWord, (query) =>
      query.where((eb) =>
        eb.or([
          eb('signup_claims.recovered_at', 'is', null),
          eb('signup_claims.code_used_at', 'is not', null),
          eb('signup_claims.assigned_at', 'is not', null),
        ]),
      ),
    )
    .executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** The newest token for an account, of a claim that is not over. */
export async function findToken(
  { engine, scope }: QueryDeps,
  wabaId: string,
): ReturnType<Store['findToken']> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.waba_id', '=', wabaId)
    .where('signup_claims.status', 'not in', ['ended', 'rejected', 'dismissed'])
    // Where proof has not ended well, the account is not this customer's.
    .where((eb) =>
      eb.or([eb('signup_claims.proven_at', 'is not', null), eb('signup_claims.status', '=', 'no_number')]),
    )
    .where('signup_claims.sealed_token', 'is not', null)
    .orderBy('signup_claims.token_at', (order) => order.desc().nullsLast())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { id, sealedToken, tokenExpiresAt: expiresAt } = toClaim(row);
  return sealedToken === undefined
    ? undefined
    : { claimId: id, sealedToken, expiresAt, givenAt: row.token_at ?? undefined };
}

/** The live claim on a number, or `undefined`. */
export async function findOwner(
  { engine, scope }: QueryDeps,
  phoneNumberId: string,
): Promise<Claim | undefined> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.phone_number_id', '=', phoneNumberId)
    .where('signup_claims.live', '=', 1)
    .executeTakeFirst();
  return row === undefined ? undefined : toClaim(row);
}

/** Claims that are not proven and whose session log named an account. Digits, so the text cannot be anything else. */
export async function findClaimsNaming(
  { engine, scope }: QueryDeps,
  { wabaId, since }: { wabaId: string; since: number },
): Promise<Claim[]> {
  const rows = await selectClaims(engine.read, scope)
    .where('signup_claims.status', 'in', ['received', 'needs_signup'])
    .where('signup_claims.created_at', '>=', since)
    .where('signup_claims.event_data', 'like', `%"waba_id":"${wabaId}"%`)
    .orderBy('signup_claims.created_at', 'desc')
    .limit(20)
    .execute();
  return rows.map(toClaim);
}

/** Every claim that was ever about a number, the newest first. */
export async function findClaimsOfNumber(
  { engine, scope }: QueryDeps,
  phoneNumberId: string,
): Promise<Claim[]> {
  const rows = await selectClaims(engine.read, scope)
    .where('signup_claims.phone_number_id', '=', phoneNumberId)
    .orderBy('signup_claims.created_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(toClaim);
}

/** Whether any claim of a customer's was ever about an account. */
export async function hasClaimOn({ engine, scope }: QueryDeps, wabaId: string): Promise<boolean> {
  const row = await selectClaims(engine.read, scope)
    .where('signup_claims.waba_id', '=', wabaId)
    .where('signup_claims.customer_id', '!=', '')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
