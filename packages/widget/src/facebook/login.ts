import type { Launch } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from './facebook-sdk.ts';
import { initSdk } from './init-sdk.ts';

/** Just enough of the popup to see whether it looks closed. */
export type Popup = Pick<Window, 'closed'>;

/**
 * Calls `FB.login`, to be run in the click itself. The SDK says nothing when its popup is blocked and never
 * calls back, so `window.open` is watched for the length of this call. Returns the window, `null` when it was
 * blocked, and `undefined` when the SDK opened none in this way.
 */
export function login(
  window: Pick<Window, 'open'>,
  sdk: FacebookSdk,
  launch: Launch,
  answer: (code: string | undefined) => void,
): Popup | null | undefined {
  const open = window.open;
  let opened: Popup | null | undefined;
  window.open = (...args) => {
    const handle = open.apply(window, args);
    opened = handle;
    return handle;
  };
  try {
    initSdk(sdk, launch);
    sdk.login(
      // Not an async function: the SDK refuses those.
      (response) => {
        const code = response?.authResponse?.code;
        answer(typeof code === 'string' && code !== '' ? code : undefined);
      },
      {
        config_id: launch.configId,
        response_type: 'code',
        override_default_response_type: true,
        extras: launch.extras,
      },
    );
  } finally {
    window.open = open;
  }
  // Some blockers let it open and close it at once.
  return opened?.closed ? null : opened;
}
