import type { Launch } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from './facebook-sdk.ts';

/** Just enough of the popup to see whether it looks closed. */
export type Popup = Pick<Window, 'closed'>;

/**
 * Calls `FB.login`, to be run in the click itself. The SDK says nothing when its popup is blocked and never
 * calls back, so `window.open` is watched for the length of this call. Returns the window, `null` when it was
 * blocked, and `undefined` when the SDK opened none in this way. `answer` is given an empty code when there is none.
 *
 * `redirectUri` is only for browsers that have no popups: a popup's code may not be bound to it.
 */
export function login(
  sdk: FacebookSdk,
  launch: Launch,
  answer: (code: string) => void,
  redirectUri?: string,
): Popup | null | undefined {
  const open = window.open;
  let opened: Popup | null | undefined;
  window.open = (...args) => {
    const handle = open.apply(window, args);
    opened = handle;
    return handle;
  };
  try {
    // In each click, since another part of the page may have called it for an app of its own meanwhile; the SDK only warns
    // of repeats. As in Meta's sample for Embedded Signup (read 2026-11), without the search for social plugins.
    sdk.init({ appId: launch.appId, version: launch.graphVersion, autoLogAppEvents: true, xfbml: false });
    sdk.login(
      // Not an async function: the SDK refuses those.
      (response) => {
        const code = response?.authResponse?.code;
        answer(typeof code === 'string' ? code : '');
      },
      {
        config_id: launch.configId,
        response_type: 'code',
        override_default_response_type: true,
        extras: launch.extras,
        ...(redirectUri && { fallback_redirect_uri: redirectUri }),
      },
    );
  } finally {
    window.open = open;
  }
  // Some blockers let it open and close it at once.
  return opened?.closed ? null : opened;
}
