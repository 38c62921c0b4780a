import type { ClaimAnswer, ClaimView } from '@embedded-signup-kit/protocol';
import type { Result } from '../server/request.ts';
import { isWaiting } from '../status.ts';
import type { SignupEvent } from './signup-state.ts';
import { whenVisible } from './when-visible.ts';

/** What a claim is followed with. */
export interface FollowDeps {
  /** The claim on the screen, as long as this is who follows it. */
  shown: () => ClaimView | undefined;
  read: (claim: ClaimView) => Promise<Result<ClaimAnswer>>;
  later: (ms: number, run: () => void) => void;
  signal: AbortSignal;
  dispatch: (event: SignupEvent) => void;
}

const firstPause = 500;
const longestPause = 5_000;
const growth = 1.5;
const pauseForPeople = 30_000;

/** Asks for the claim on the screen until it has another status: then it is up to the state machine whether to go on. */
export function followClaim({ shown, read, later, signal, dispatch }: FollowDeps, pause = firstPause): void {
  const claim = shown();
  if (!claim) return;
  const look = async () => {
    const result = await read(claim);
    // Begun anew meanwhile, or followed by another.
    if (shown()?.id !== claim.id) return;
    if (!result.problem) dispatch({ type: 'claim', ...result.answer });
    else if (result.final) return dispatch({ type: 'failed', problem: result.problem });
    if (shown()?.status !== claim.status) return;
    followClaim({ shown, read, later, signal, dispatch }, Math.min(pause * growth, longestPause));
  };
  later(isWaiting(claim) ? pauseForPeople : pause, () => whenVisible(signal, () => void look()));
}
