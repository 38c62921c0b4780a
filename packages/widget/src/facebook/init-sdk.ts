import type { Launch } from '@embedded-signup-kit/protocol';
import type { FacebookSdk } from './facebook-sdk.ts';

const initialised = new WeakMap<FacebookSdk, string>();

/** Calls `FB.init` for this app, unless the last call on this page was for the same one: the SDK warns of repeats. */
export function initSdk(sdk: FacebookSdk, { appId, graphVersion }: Launch): void {
  const key = `${appId} ${graphVersion}`;
  if (initialised.get(sdk) === key) return;
  // As in Meta's sample for Embedded Signup (read 2026-11), without the search for social plugins.
  sdk.init({ appId, version: graphVersion, autoLogAppEvents: true, xfbml: false });
  initialised.set(sdk, key);
}
