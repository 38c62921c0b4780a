import type { QueryDeps } from '../scope.ts';

/** Whether there was a launch lately whose page said nothing more, though its popup may have been finished. */
export async function hasSilentSessions(
  { engine, scope }: QueryDeps,
  { now, since }: { now: number; since: number },
): Promise<boolean> {
  const silent = await engine.read
    .selectFrom('signup_sessions')
    .select('signup_sessions.id')
    .where('signup_sessions.app_id', '=', scope.appId)
    .where('signup_sessions.business_id', '=', scope.businessId)
    .where('signup_sessions.launch_until', '>', since)
    .where('signup_sessions.launch_until', '<=', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signup_claims')
            .select('signup_claims.id')
            .whereRef('signup_claims.session_id', '=', 'signup_sessions.id'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return silent !== undefined;
}
