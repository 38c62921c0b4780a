/** The callback of `FB.login`. Without `authResponse` the window was closed or the login refused. */
export interface LoginResponse {
  authResponse?: { code?: unknown } | null;
}

/** The two functions of the Facebook SDK that Embedded Signup needs. */
export interface FacebookSdk {
  init(options: { appId: string; version: string; autoLogAppEvents: boolean; xfbml: boolean }): void;
  login(answer: (response: LoginResponse | undefined) => void, options: Record<string, unknown>): void;
}

/** The global of a page that the Facebook SDK is reached through. */
export interface FacebookGlobals {
  FB?: unknown;
}

/**
 * Whether this is the SDK itself: an element with `id="FB"` also makes a global of that name, and the SDK's
 * loader puts an empty object there before the functions arrive.
 */
export function isFacebookSdk(value: unknown): value is FacebookSdk {
  const { init, login } = Object(value) as Partial<FacebookSdk>;
  return typeof init === 'function' && typeof login === 'function';
}
