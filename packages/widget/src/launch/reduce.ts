import type { SessionLogEntry, TroubleData } from '../session-log/session-log-entry.ts';
import { hasFailed } from '../status.ts';
import { actionOf } from './action-of.ts';
import { begin, endOf, goodAfterLeaving, isPreparing, ready, renew, renewal } from './prepare.ts';
import { putFirst } from './put-first.ts';
import { send, show } from './show-claim.ts';
import type { SignupEvent, SignupState, Step } from './signup-state.ts';
import { verify } from './verify.ts';

// Whoever is told to sign in moves the pointer across the element more than once.
const visitsApart = 5_000;

/**
 * The whole state machine, without a browser: from the state, and what happened to it at the time `now`, to the next
 * state and what has to be done.
 */
export function reduce(before: SignupState, event: SignupEvent, now: number): Step {
  const [after, ...effects] = next(before, event, now);
  const state = after.slow && after.status !== before.status ? { ...after, slow: false } : after;
  const action = actionOf(state);
  return [state.action === action ? state : { ...state, action }, ...effects];
}

function next(state: SignupState, event: SignupEvent, now: number): Step {
  const { status, session, goodUntil, sdk, finish, claim } = state;
  const preparing = isPreparing(state);

  switch (event.type) {
    case 'unfit':
      return [{ ...state, status: 'unavailable', problem: { code: event.code } }];

    case 'begin': {
      const { launched, finish: left, back } = event;
      const began = {
        ...begin({ ...state, session: undefined, goodUntil: 0 }),
        launched,
        returning: Boolean(launched),
      };
      if (back?.code) return send({ ...began, hasCode: true }, back);
      return [{ ...began, left }, renewal({ ...began, left })];
    }

    case 'wish':
      if (state.problem?.code === 'page_not_https') return [state];
      if (preparing || status === 'ready') return renew(state);
      // Under a popup, a claim or a message to be read, nothing is taken away: the next launch is with what is asked for now.
      return session && state.action ? [state, renewal(state)] : [{ ...state, goodUntil: 0 }];

    // Behind what is on the screen, so that a click finds a session.
    case 'visit': {
      // What could not be renewed in time is now. Who was told to sign in may have done so meanwhile.
      const due = session ? now >= goodUntil : preparing && status !== 'loading';
      const soon = now - (state.visitedAt ?? 0) < visitsApart;
      return due && !soon && state.action ? [{ ...state, visitedAt: now }, renewal(state)] : [state];
    }

    case 'due':
      return session && (state.action || state.looksClosed) ? [state, renewal(state)] : [state];

    case 'slow':
      return [event.status === status ? { ...state, slow: true } : state];

    case 'pick':
      return [{ ...state, picked: event.id }];

    case 'press': {
      if (!state.action) return [state];
      // The finish did not reach the server: the customer need not do it all again.
      if (status === 'failed' && finish && !claim) return send(state, finish);
      if (!session || now >= goodUntil) return renew(state);
      if (!sdk) return [begin(state), { do: 'load' }];
      const { launch } = session;
      const chosen = { ...session, launch: { ...launch, extras: putFirst(launch.extras, state.picked) } };
      return [
        {
          ...begin(state),
          status: 'launching',
          launched: session.session,
          returning: false,
          left: undefined,
        },
        { do: 'login', session: chosen, sdk, again: status === 'in-popup' },
      ];
    }

    case 'session': {
      const opened = { ...state, session: event.session, goodUntil: endOf(event.session, now) };
      // After a reload: the same signup must not be offered again, and that it went well is still news. The newest is the last.
      const { claims } = event.session;
      const taken = claims.findLast((its) => !hasFailed(its));
      if ((status === 'loading' || state.looksClosed) && taken) {
        return show({ ...opened, session: undefined, reading: event.session.session }, taken);
      }
      // The server knows of no claim: what the page before could not hand in is handed in now.
      const { left } = state;
      if (preparing && left) return send({ ...opened, left: undefined, finish: left }, left);
      // Meanwhile the screen may have come to belong to a popup or to a claim.
      if (!preparing && !state.action) return [state];
      const waiting = claims.findLast((its) => its.status === 'needs_operator');
      const earlier = waiting && { code: waiting.status, reference: waiting.id };
      const waited = preparing ? ({ status: 'loading', problem: undefined } as const) : {};
      const begun = { ...opened, ...waited, returning: false, earlier };
      return sdk ? [ready(begun)] : [begun, { do: 'load' }];
    }

    case 'no-session': {
      const { final, problem } = event;
      // Fetched ahead and not got, or as before: the next press asks again, and nobody is told the same thing twice.
      if (status !== 'loading') return [state];
      const stands = final ? 'unavailable' : 'failed';
      return [{ ...state, status: stands, session: undefined, goodUntil: 0, problem }];
    }

    case 'sdk':
      return [ready({ ...state, sdk: event.sdk })];

    case 'no-sdk':
      return [preparing ? { ...state, status: 'unavailable', problem: { code: event.code } } : state];

    case 'popup':
      return [status === 'launching' ? { ...state, status: 'in-popup' } : state];

    case 'popup-gone':
      if (status !== 'in-popup' || state.looksClosed) return [state];
      // Its session may have become too old for another window meanwhile.
      return [
        { ...state, looksClosed: true },
        { do: 'look-at-opener' },
        ...(now >= goodUntil ? [renewal(state)] : []),
      ];

    case 'opener-cut':
      if (status !== 'in-popup') return [state];
      return [{ ...state, status: 'failed', problem: { code: 'opener_cut' } }];

    // Code and finish come in either order, twice, late, or one of them never. Each goes to the server when it comes,
    // the first of its kind only; neither waits for the other, since the code lives 30 seconds.
    case 'code':
      return state.hasCode ? [state] : send({ ...state, hasCode: true }, { code: event.code });

    case 'entry': {
      const { kind, said } = event.entry;
      if (finish) return [state];
      // It counts after a cancel and after an error, too: the window stayed open.
      if (kind === 'finish') return send({ ...state, finish: said }, said);
      const left = state.hasCode || claim ? state : leave(state, kind, said.data, now);
      // The page asked for something else meanwhile.
      const renewed = session && left.goodUntil === 0 ? [renewal(left)] : [];
      return [left, { do: 'note', said }, ...renewed];
    }

    case 'sent': {
      // The customer began anew meanwhile, as below.
      if (!state.sending) return [state];
      const arrived = { ...state, sending: state.sending - 1 };
      // The first answer makes the claim; the other half only adds to it.
      return claim ? [arrived] : show(arrived, event.claim);
    }

    case 'lost': {
      if (!state.sending) return [state];
      const arrived = { ...state, sending: state.sending - 1 };
      // It matters only when the other half did not get there, either.
      if (claim || arrived.sending > 0) return [arrived];
      const { problem, refused } = event;
      // What the server refused it would refuse again; everything else is sent again by the next press.
      return [{ ...arrived, status: 'failed', problem, finish: refused ? undefined : finish }];
    }

    case 'claim':
      return show(state, event.claim);

    case 'failed':
      return [{ ...state, status: 'failed', problem: event.problem }];

    default:
      return verify(state, event);
  }
}

/** The customer left, or something failed in the popup. It stays open all the same, and its numbers stay held a while. */
function leave(
  state: SignupState,
  kind: Exclude<SessionLogEntry['kind'], 'finish'>,
  data: TroubleData,
  now: number,
): SignupState {
  if (kind === 'other') return state;
  const left = { ...state, looksClosed: false, goodUntil: Math.min(state.goodUntil, now + goodAfterLeaving) };
  if (kind === 'cancel') {
    return { ...left, status: 'cancelled', problem: undefined, leftAt: data.current_step };
  }
  const reference = [data.error_code ?? data.error_id, data.session_id].filter(Boolean).join(' · ');
  return {
    ...left,
    status: 'failed',
    problem: { code: 'meta_error', message: data.error_message, reference },
  };
}
