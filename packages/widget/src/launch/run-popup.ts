import { login } from '../facebook/login.ts';
import { createReceiver } from '../session-log/create-receiver.ts';
import { onCode, onEntry, onFailed, onLoginEnded, onLooksClosed, onPopupOpened } from './on-popup.ts';
import type { Put, Runners, SignupContext } from './signup-context.ts';

// On the whole page: with two elements, a message is taken to come from the window that was opened last.
let latest: object | undefined;

const graceForFinish = 2_000;
const lookAtPopupEvery = 1_000;
const looksForClosed = 3;

/** Opens the popup and hears what comes out of it. */
export function createPopupRunners(context: SignupContext): Runners<'login'> {
  const { deps, timers, signal, state } = context;
  const { window } = deps;
  let stopListening = () => {};
  let launch: object | undefined;

  const open = () => {
    const { session, sdk } = state();
    const mine = (latest = launch = {});
    // News of an earlier popup is not news of this one.
    const put: Put = (...news) => {
      if (mine === launch) context.put(...news);
    };
    const fail = (code: 'popup_blocked' | 'login_failed') => {
      stopListening();
      put(onFailed, { code });
    };
    stopListening();
    if (!session || !sdk) return;

    const receive = createReceiver({
      origins: session.launch.dialogOrigins,
      report: (origin) => deps.report('embedded-signup: not in dialogOrigins:', origin),
    });
    const listener = (message: MessageEvent) => {
      const entry = mine === latest && receive(message);
      if (!entry) return;
      if (entry.kind === 'finish') stopListening();
      put(onEntry, entry);
    };
    window.addEventListener('message', listener, { signal });
    stopListening = () => window.removeEventListener('message', listener);

    const answered = (code: string | undefined) => {
      if (code) put(onCode, code);
      else timers.set('grace', () => put(onLoginEnded), graceForFinish);
    };
    try {
      const popup = login(window, sdk, session.launch, answered);
      if (popup === null) return fail('popup_blocked');
      put(onPopupOpened);
      // A window that navigates can look closed for a moment, and one that was never seen looks so at once.
      const watch = (looks: number) => {
        if (mine !== launch || state().status !== 'in-popup') return;
        if (looks === 0) put(onLooksClosed);
        else
          timers.set(
            'popup',
            () => watch(!popup || popup.closed ? looks - 1 : looksForClosed),
            lookAtPopupEvery,
          );
      };
      timers.set('popup', () => watch(looksForClosed), lookAtPopupEvery);
    } catch {
      fail('login_failed');
    }
  };

  return { login: open };
}
