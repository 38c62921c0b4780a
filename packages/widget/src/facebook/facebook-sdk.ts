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
 * The SDK itself, once the page has it. An element with `id="FB"` also makes a global of that name; and Meta's loader puts
 * an object there first that has the functions but only writes the calls down, in `__buffer`: a window that is opened
 * later, outside of the click, is blocked. That object is replaced by the SDK, so nobody may keep it.
 */
export function findFacebookSdk(): FacebookSdk | undefined {
  const { FB } = window as FacebookGlobals;
  return isWhole(FB) ? FB : undefined;
}

function isWhole(value: unknown): value is FacebookSdk {
  const { init, login } = Object(value) as Partial<FacebookSdk>;
  return typeof init === 'function' && typeof login === 'function' && !isFacebookSdkComing();
}

/** Whether the page is loading the SDK already: Meta's loader has left its mark. */
export function isFacebookSdkComing(): boolean {
  return '__buffer' in Object((window as FacebookGlobals).FB);
}
