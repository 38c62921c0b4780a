import { onOpened, onRefused } from './on-session.ts';
import type { Runners, SignupContext } from './signup-context.ts';

const minute = 60_000;
const keepTryingFor = 5_000;
const signupTakes = 10 * minute;

/** Opens and renews the session. Only a page that somebody looks at renews: a forgotten tab holds no number. */
export function createSessionRunners(context: SignupContext): Runners<'open'> {
  const { deps, server, timers, signal, state, put, ask, renew, wish, whenSeen } = context;
  let latest = 0;

  const renewIn = (ms: number) => timers.set('renewal', () => whenSeen(renew), ms);

  const open = (before: string | undefined) => {
    const mine = (latest += 1);
    ask(
      keepTryingFor,
      () => server.openSession(wish(), before, signal),
      (session) => {
        // Another one was asked for meanwhile, with a newer wish.
        if (mine !== latest) return;
        const left = timeLeft(Date.parse(session.expiresAt) - deps.now());
        renewIn(Math.max(left - signupTakes, left / 2));
        put(onOpened, session, deps.now() + left, before !== undefined);
      },
      (problem, final) => {
        if (mine !== latest) return;
        // The old session is over, or somebody else's: a fresh one will do.
        if (before && problem.code.startsWith('session_')) return open(undefined);
        renewIn(minute);
        put(onRefused, problem, final);
      },
    );
  };
  return {
    open: () => {
      const { session, spent } = state();
      open(spent ? undefined : session?.session);
    },
  };
}

/**
 * The page's clock may be wrong by hours. So the time left is kept within what a server gives: a session never
 * counts as over when it has just been opened, nor as good for days.
 */
function timeLeft(said: number): number {
  return Math.min(Math.max(said || 0, 5 * minute), 60 * minute);
}
