/** The callback of `FB.login`. Without `authResponse` the window was closed or the login refused. */
export interface LoginResponse {
  authResponse?: { code?: unknown } | null;
}

/** The two functions of the Facebook SDK that Embedded Signup needs. */
export interface FacebookSdk {
  init(options: { appId: string; version: string; autoLogAppEvents: boolean; xfbml: boolean }): void;
  login(answer: (response: LoginResponse | undefined) => void, options: Record<string, unknown>): void;
}

/** The globals of a page that the Facebook SDK is reached through. */
export interface FacebookGlobals {
  FB?: unknown;
  fbAsyncInit?: unknown;
}

/**
 * Whether this is the SDK itself: an element with `id="FB"` also makes a global of that name, and the SDK's
 * loader puts an empty object there before the functions arrive.
 */
export function isFacebookSdk(value: unknown): value is FacebookSdk {
  return (
    typeof value === 'object' &&
    value !== null &&
    'init' in value &&
    'login' in value &&
    typeof value.init === 'function' &&
    typeof value.login === 'function'
  );
}
