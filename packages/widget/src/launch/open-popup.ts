import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import { login } from '../facebook/login.ts';
import { createReceiver } from '../session-log/create-receiver.ts';
import type { SignupEvent } from './signup-state.ts';

/** What a popup is opened with. */
export interface PopupOptions {
  sdk: FacebookSdk;
  session: SessionAnswer;
  later: (ms: number, run: () => void) => void;
  /** Ends with the next popup. */
  signal: AbortSignal;
  dispatch: (event: SignupEvent) => void;
}

const graceForFinish = 2_000;
const lookAtPopupEvery = 1_000;
const looksForClosed = 3;

// On the whole page: with two elements, a message is taken to come from the window that was opened last.
let latest: AbortSignal | undefined;

/** Opens the popup, to be run in the click itself, and tells what comes out of it until `signal` ends. */
export function openPopup({ sdk, session, later, signal, dispatch }: PopupOptions): void {
  const { launch } = session;
  // Of an earlier popup, nothing is news any more.
  const tell = (event: SignupEvent) => {
    if (!signal.aborted) dispatch(event);
  };
  const receive = createReceiver(launch.dialogOrigins);
  const stopListening = () => window.removeEventListener('message', listen);
  const listen = (message: MessageEvent) => {
    const entry = signal === latest && receive(message);
    if (!entry) return;
    if (entry.kind === 'finish') stopListening();
    tell({ type: 'entry', entry });
  };
  const fail = (code: 'popup_blocked' | 'login_failed') => {
    stopListening();
    tell({ type: 'failed', problem: { code } });
  };
  // A window that navigates can look closed for a moment, and one that was never seen looks so at once.
  const watch = (popup: Pick<Window, 'closed'> | undefined, looks: number) => {
    if (signal.aborted) return;
    if (looks === 0) return tell({ type: 'popup-gone' });
    later(lookAtPopupEvery, () => watch(popup, !popup || popup.closed ? looks - 1 : looksForClosed));
  };

  latest = signal;
  window.addEventListener('message', listen, { signal });
  try {
    const popup = login(sdk, launch, (code) => {
      if (code) tell({ type: 'code', code });
      else later(graceForFinish, () => tell({ type: 'no-code' }));
    });
    if (popup === null) return fail('popup_blocked');
    tell({ type: 'popup' });
    watch(popup, looksForClosed);
  } catch {
    fail('login_failed');
  }
}
