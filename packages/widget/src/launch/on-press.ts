import { initialState } from './signup-state.ts';
import type { SignupState, Transition } from './signup-state.ts';

/** What the button does now; `undefined` when there is nothing to press for. */
export type Action = 'launch' | 'retry' | 'reopen';

/** The one meaning that the button has in this state. */
export function actionOf({ status, looksClosed, claim }: SignupState): Action | undefined {
  if (/ready|cancelled/.test(status)) return 'launch';
  if (looksClosed && status === 'in-popup') return 'reopen';
  // With the operator at work, another signup would only add a second claim for the same number.
  return /failed|un/.test(status) && claim?.status !== 'needs_operator' ? 'retry' : undefined;
}

/** The button was pressed. `login` is among the effects, so it runs inside the click. */
export const onPress: Transition<[now: number]> = (state, now) => {
  if (!actionOf(state)) return [state];
  const { status, session, endsAt, spent = false, sdk, finish, claim } = state;
  if (session && finish && !claim && status === 'failed') {
    // The finish did not reach the server: the customer need not do it all again.
    return [
      { ...state, status: 'claiming', problem: undefined, sending: 1 },
      { do: 'send', half: { event: finish.event, data: finish.data } },
    ];
  }
  const anew: SignupState = { ...initialState, session, endsAt, spent, sdk };
  if (!session || spent || now >= endsAt) return [anew, { do: 'open' }];
  if (!sdk) return [anew, { do: 'load' }];
  return [{ ...anew, status: 'launching', launched: session.session }, { do: 'login' }];
};
