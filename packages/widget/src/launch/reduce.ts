import type { ClaimRequest, ClaimView, SessionAnswer } from '@embedded-signup-kit/protocol';
import type { SessionLogEntry, TroubleData } from '../session-log/session-log-entry.ts';
import { claimStatusTable, isMoving } from '../status.ts';
import { actionOf } from './action-of.ts';
import { initialState } from './signup-state.ts';
import type { SignupEvent, SignupState, Step } from './signup-state.ts';

const minute = 60_000;
// The numbers have to be held still when the customer comes to choose one.
const signupTakes = 10 * minute;
// The server frees the numbers ten minutes after a cancel.
const goodAfterLeaving = 9 * minute;

/**
 * The whole state machine, without a browser: from the state, and what happened to it at the time `now`, to the next
 * state and what has to be done.
 */
export function reduce(state: SignupState, event: SignupEvent, now: number): Step {
  const { status, session, goodUntil, sdk, finish, claim } = state;
  const preparing = isPreparing(state);

  switch (event.type) {
    case 'wish':
      // Under a popup, a claim or a message to be read, nothing is taken away: the next launch asks for it.
      return preparing || status === 'ready' ? renew(state) : [{ ...state, goodUntil: 0 }];

    case 'visit': {
      // Only now, so that a forgotten page holds no number. Who was told to sign in may have done so meanwhile.
      const due = session ? now >= goodUntil : status === 'unavailable';
      return due && actionOf(state) ? renew(state) : [state];
    }

    case 'press':
      if (!actionOf(state)) return [state];
      // The finish did not reach the server: the customer need not do it all again.
      if (status === 'failed' && finish && !claim) return send(state, finish);
      if (!session || now >= goodUntil) return renew(state);
      if (!sdk) return [begin(state), { do: 'load' }];
      return [
        { ...begin(state), status: 'launching', launched: session.session },
        { do: 'login', session, sdk },
      ];

    case 'session': {
      const opened = { ...state, session: event.session, goodUntil: endOf(event.session, now) };
      // The newest is the last.
      const moving = event.session.claims.findLast(isMoving);
      // After a reload: the same signup must not be offered again.
      if (status === 'loading' && moving) {
        return show({ ...opened, session: undefined, launched: event.session.session }, moving);
      }
      // Meanwhile the screen may have come to belong to a popup or to a claim.
      if (!preparing && status !== 'failed') return [state];
      return sdk ? [ready(opened)] : [opened, { do: 'load' }];
    }

    case 'no-session': {
      // Fetched ahead and not got: the next press asks again.
      if (status !== 'loading') return [state];
      const { final, problem } = event;
      return [{ ...state, status: final ? 'unavailable' : 'failed', session: undefined, problem }];
    }

    case 'sdk':
      return [ready({ ...state, sdk: event.sdk })];

    case 'no-sdk':
      return [preparing ? { ...state, status: 'unavailable', problem: { code: event.code } } : state];

    case 'popup':
      return [status === 'launching' ? { ...state, status: 'in-popup' } : state];

    case 'popup-gone':
      return [status === 'in-popup' ? { ...state, looksClosed: true } : state];

    // Code and finish come in either order, twice, late, or one of them never. Each goes to the server when it comes,
    // the first of its kind only; neither waits for the other, since the code lives 30 seconds.
    case 'code':
      return state.hasCode ? [state] : send({ ...state, hasCode: true }, { code: event.code });

    case 'entry': {
      const { kind, said } = event.entry;
      if (finish) return [state];
      // It counts after a cancel and after an error, too: the window stayed open.
      if (kind === 'finish') return send({ ...state, finish: said }, said);
      return [state.hasCode ? state : leave(state, kind, said.data, now), { do: 'note', said }];
    }

    case 'no-code':
      return [status === 'in-popup' ? leave(state, 'cancel', {}, now) : state];

    case 'sent': {
      // The customer began anew meanwhile, as below.
      if (!state.sending) return [state];
      const next = { ...state, sending: state.sending - 1 };
      // The first answer makes the claim; the other half only adds to it.
      return claim ? [next] : show(next, event.claim);
    }

    case 'lost': {
      if (!state.sending) return [state];
      const next = { ...state, sending: state.sending - 1 };
      // It matters only when the other half did not get there, either.
      if (claim || next.sending > 0) return [next];
      // What the server refused it would refuse again; what failed in passing is sent again by the next press.
      return [
        { ...next, status: 'failed', problem: event.problem, finish: event.final ? undefined : finish },
      ];
    }

    case 'claim':
      return show(state, event.claim);

    case 'failed':
      return [{ ...state, status: 'failed', problem: event.problem }];
  }
}

/** A new beginning, with what is still of use. What the last popup says late still belongs to its own session. */
function begin({ session, goodUntil, sdk, launched }: SignupState): SignupState {
  return { ...initialState, session, goodUntil, sdk, launched };
}

function renew(state: SignupState): Step {
  return [
    { ...begin(state), goodUntil: 0 },
    { do: 'open', before: state.session?.session },
  ];
}

function isPreparing({ status }: SignupState): boolean {
  return status === 'loading' || status === 'unavailable';
}

/** To `ready`, for who waits for it; otherwise what is on the screen stays. */
function ready(state: SignupState): SignupState {
  return isPreparing(state) && state.goodUntil ? { ...state, status: 'ready', problem: undefined } : state;
}

/** The customer left the popup, or Meta reported an error: the session is kept for another try. */
function leave(
  state: SignupState,
  kind: SessionLogEntry['kind'],
  data: TroubleData,
  now: number,
): SignupState {
  if (kind === 'other') return state;
  const next = { ...state, goodUntil: Math.min(state.goodUntil, now + goodAfterLeaving) };
  if (kind === 'cancel') {
    return { ...next, status: 'cancelled', problem: undefined, leftAt: data.current_step };
  }
  const reference = [data.error_code ?? data.error_id, data.session_id].filter(Boolean).join(' · ');
  return {
    ...next,
    status: 'failed',
    problem: { code: 'meta_error', message: data.error_message, reference },
  };
}

function send(state: SignupState, half: ClaimRequest): Step {
  const next = { ...state, sending: state.sending + 1 };
  // The other half may have brought the claim further already. A session has one claim, so it is used up.
  return [
    state.claim ? next : { ...next, status: 'claiming', problem: undefined, session: undefined },
    { do: 'send', half },
  ];
}

/**
 * Until when, on this page's clock, the popup may be opened. That clock may be wrong by hours, so the time is kept
 * within what a server gives: a session is never over when it has just been opened, nor good for days.
 */
function endOf({ expiresAt }: SessionAnswer, now: number): number {
  const left = Date.parse(expiresAt) - now - signupTakes;
  return now + Math.min(Math.max(left || 0, 5 * minute), 50 * minute);
}

function show(state: SignupState, claim: ClaimView): Step {
  const { status: stands, reason, id } = claim;
  if (stands === state.claim?.status) return [{ ...state, claim }];
  const status = claimStatusTable[stands];
  const problem =
    status === 'failed'
      ? { code: reason?.code ?? stands, message: reason?.message, reference: id }
      : undefined;
  const next = { ...state, status, claim, problem };
  if (status === 'registered') return [next];
  // A person may still repair it. For everything else that failed, a session is fetched now, so that the next press
  // finds it ready.
  const over = status === 'failed' && stands !== 'needs_operator';
  return [next, { do: over ? 'open' : 'follow' }];
}
