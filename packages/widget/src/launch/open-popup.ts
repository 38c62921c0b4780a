import type { Launch } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import { login } from '../facebook/login.ts';
import { createReceiver } from '../session-log/create-receiver.ts';
import { listen } from '../session-log/listen.ts';
import type { Listener } from '../session-log/listen.ts';
import type { SignupEvent } from './signup-state.ts';

/** What a popup is listened to with. */
export interface ListenOptions {
  /** Whom messages are believed from. */
  dialogOrigins: readonly string[];
  /** Ends the listening. */
  hearing: AbortController;
  dispatch: (event: SignupEvent) => void;
}

/** What a popup is opened with. */
export interface PopupOptions extends ListenOptions {
  /** Ends with the next popup, unless that is opened beside this one; and may end later than listening does. */
  launch: AbortSignal;
  /** Ends with the next popup: whether an earlier one looks closed is of no interest. */
  watching: AbortSignal;
  sdk: FacebookSdk;
  /** What `FB.login` is called with. */
  how: Launch;
  /** Given a code that comes when nobody listens any more. */
  late: (code: string) => void;
  /** For browsers without popups: where Meta's page comes back to. */
  redirectUri?: string | undefined;
  later: (ms: number, run: () => void) => void;
}

// What is posted as the window closes arrives a moment after the SDK has seen it closed.
const graceForFinish = 500;
const lookAtPopupEvery = 1_000;
const looksForClosed = 3;

/** Listens to a popup: the one that is about to be opened, or one that was opened before this page was loaded anew. */
export function listenToPopup({ dialogOrigins, hearing, dispatch }: ListenOptions): Listener {
  const receive = createReceiver(dialogOrigins);
  const listener: Listener = {
    take: (message) => {
      const entry = receive(message);
      if (entry) dispatch({ type: 'entry', entry });
    },
  };
  listen(listener, hearing.signal);
  return listener;
}

/**
 * Opens the popup, to be run in the click itself, and tells what comes out of it until the next one. Returns whether a
 * window was seen: without one, the browser may be about to leave the page for Meta's.
 */
export function openPopup(options: PopupOptions): boolean {
  const { sdk, how, redirectUri, late, later, hearing, launch, watching, dispatch } = options;
  // Of an earlier popup, nothing is news any more.
  const tell = (event: SignupEvent) => {
    if (!launch.aborted) dispatch(event);
  };
  // A window that navigates can look closed for a moment, and one that was never seen looks so at once.
  const watch = (popup: Pick<Window, 'closed'> | undefined, looks: number) => {
    if (watching.aborted) return;
    if (looks === 0) return tell({ type: 'popup-gone' });
    later(lookAtPopupEvery, () => watch(popup, !popup || popup.closed ? looks - 1 : looksForClosed));
  };

  const fail = (code: 'popup_blocked' | 'login_failed') => {
    hearing.abort();
    tell({ type: 'failed', problem: { code } });
    return true;
  };

  const listener = listenToPopup(options);
  try {
    const popup = login(
      sdk,
      how,
      (code) => {
        if (code && launch.aborted) late(code);
        else if (code) tell({ type: 'code', code });
        else later(graceForFinish, () => watching.aborted || tell({ type: 'popup-gone' }));
      },
      redirectUri,
    );
    if (popup === null) return fail('popup_blocked');
    listener.popup = popup;
    tell({ type: 'popup' });
    watch(popup, looksForClosed);
    // Some in-app browsers open what should be a window in the page's own place.
    return Boolean(popup) && popup !== window;
  } catch {
    return fail('login_failed');
  }
}
