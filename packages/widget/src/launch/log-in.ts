import type { SessionAnswer } from '@embedded-signup-kit/protocol';
import { findFacebookSdk } from '../facebook/facebook-sdk.ts';
import type { FacebookSdk } from '../facebook/facebook-sdk.ts';
import { isInAppBrowser } from '../facebook/in-app-browser.ts';
import { keepLaunch } from './kept-launch.ts';
import { openPopup } from './open-popup.ts';
import type { PopupOptions } from './open-popup.ts';

/** What a log-in is made of. */
export interface LogInOptions extends Pick<
  PopupOptions,
  'hearing' | 'launch' | 'watching' | 'later' | 'late' | 'dispatch'
> {
  /** Where the host mounted the signup server: launches are kept apart by it. */
  server: string;
  session: SessionAnswer;
  sdk: FacebookSdk;
}

/** Logs in with Meta, to be run in the click itself; and keeps what the next page of this tab has to know of it. */
export function logIn({ server, session, sdk, ...listening }: LogInOptions): void {
  const { launch: how } = session;
  const { dialogOrigins } = how;
  const redirectUri = location.origin + location.pathname;
  const kept = { session: session.session, redirectUri, dialogOrigins, at: Date.now() };
  // Before, since the page may be left at once.
  keepLaunch(server, kept);
  const settled = openPopup({
    ...listening,
    // The SDK replaces what its loader has put there first.
    sdk: findFacebookSdk() ?? sdk,
    how,
    redirectUri: isInAppBrowser(navigator.userAgent) ? redirectUri : undefined,
    dialogOrigins,
  });
  if (settled) keepLaunch(server, { ...kept, settled });
}
