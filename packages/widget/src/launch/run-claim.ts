import { isMoving, isWaiting } from '../status.ts';
import { onClaimRead, onHalfLost, onHalfSent, onResume } from './on-claim.ts';
import { onFailed } from './on-popup.ts';
import type { Runners, SignupContext } from './signup-context.ts';

// A code lives 30 seconds; afterwards sending it again is pointless. The event does not age.
const sendCodeFor = 30_000;
const sendEventFor = 120_000;

const firstPoll = 500;
const slowestPoll = 5_000;
const pollGrowth = 1.5;
const pollWhileWaiting = 30_000;

/** Hands in what the popup said, and follows the claim until it needs no following. */
export function createClaimRunners({
  server,
  timers,
  signal,
  state,
  put,
  ask,
  renew,
  whenSeen,
}: SignupContext): Runners<'resume' | 'send' | 'note' | 'follow'> {
  const follow = (pause: number) => {
    const { claim } = state();
    if (!claim || !(isMoving(claim.status) || isWaiting(claim.status))) return;
    const goOn = () =>
      follow(state().claim?.status === claim.status ? Math.min(pause * pollGrowth, slowestPoll) : firstPoll);
    const read = () =>
      ask(
        0,
        () => server.readClaim(state().session?.session ?? '', claim.id, signal),
        (now) => {
          put(onClaimRead, now);
          goOn();
        },
        (problem, final) => {
          if (final) put(onFailed, problem);
          else goOn();
        },
      );
    timers.set('poll', () => whenSeen(read), isWaiting(claim.status) ? pollWhileWaiting : pause);
  };

  return {
    resume: () => put(onResume),
    send: ({ half }) => {
      const launched = state().launched ?? '';
      ask(
        half.code ? sendCodeFor : sendEventFor,
        () => server.sendClaim(launched, half),
        (claim) => put(onHalfSent, claim),
        (problem, final) => put(onHalfLost, problem, final),
      );
    },
    note: ({ note }) => {
      // Afterwards the session is renewed, which keeps the number. A note that gets lost costs a line of history.
      ask(0, () => server.noteEvent(state().launched ?? '', note), renew, renew);
    },
    follow: () => follow(firstPoll),
  };
}
