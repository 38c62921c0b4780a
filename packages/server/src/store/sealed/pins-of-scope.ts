import type { ExpressionBuilder } from 'kysely';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/**
 * The PINs of this app's numbers. A PIN is the number's and its row names no app, but another app of the same database may
 * seal with other secrets: theirs are left out, as the live claim says, or the calls that were made for the number. One that
 * nobody else has is ours.
 */
export function pinsOfScope({ engine, scope }: QueryDeps) {
  type Pins = ExpressionBuilder<Tables, 'signup_pins'>;
  const live = (eb: Pins) =>
    eb
      .selectFrom('signup_claims')
      .select('signup_claims.id')
      .whereRef('signup_claims.phone_number_id', '=', 'signup_pins.phone_number_id')
      .where('signup_claims.live', '=', 1);
  const called = (eb: Pins) =>
    eb
      .selectFrom('signup_attempts')
      .innerJoin('signup_claims', 'signup_claims.id', 'signup_attempts.claim_id')
      .select('signup_claims.id')
      .whereRef('signup_attempts.phone_number_id', '=', 'signup_pins.phone_number_id');
  const ofUs = { app_id: scope.appId, business_id: scope.businessId };
  return engine.read
    .selectFrom('signup_pins')
    .where((eb) =>
      eb.or([
        ...[live(eb), called(eb)].map((claims) =>
          eb.exists(
            claims
              .where('signup_claims.app_id', '=', ofUs.app_id)
              .where('signup_claims.business_id', '=', ofUs.business_id),
          ),
        ),
        eb.and([eb.not(eb.exists(live(eb))), eb.not(eb.exists(called(eb)))]),
      ]),
    );
}
