import { isFacebookSdk } from './facebook-sdk.ts';
import type { FacebookGlobals, FacebookSdk } from './facebook-sdk.ts';
import { insertScript } from './insert-script.ts';
import { isSafeAddress } from './is-safe-address.ts';

/** Why there is no SDK: its address is refused, the script could not be had, or it did not come in time. */
export type SdkFailure = 'sdk_url_refused' | 'sdk_blocked' | 'sdk_timeout';

/** What loading the SDK needs from its surroundings. */
export interface SdkDeps {
  window: Pick<Window, 'document'> & FacebookGlobals;
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (timer: number) => void;
}

// One script per page, whatever number of elements waits for it.
const scripts = new WeakMap<Document, HTMLScriptElement>();
const lookEvery = 250;

/**
 * Waits for the Facebook SDK, loading it unless the page has it: calls `take` with it, or with the
 * reason why it is not there yet. After `sdk_timeout` it may still come, and `take` is called again. A failed load is
 * forgotten, so that the next call tries anew. Returns a function that ends the waiting.
 *
 * The page's own `fbAsyncInit` is left alone: the SDK calls one function only, and whoever sets it last wins. So
 * the global itself is looked at.
 */
export function loadSdk(
  { window, setTimeout, clearTimeout }: SdkDeps,
  address: string,
  take: (found: FacebookSdk | SdkFailure) => void,
  timeout = 10_000,
): () => void {
  const page = window.document;
  let left = timeout;
  let timer = 0;
  let script: HTMLScriptElement | undefined;
  const stop = () => {
    clearTimeout(timer);
    script?.removeEventListener('error', blocked);
  };
  const blocked = () => {
    stop();
    script?.remove();
    scripts.delete(page);
    take('sdk_blocked');
  };
  const look = () => {
    if (isFacebookSdk(window.FB)) {
      stop();
      return take(window.FB);
    }
    timer = setTimeout(look, lookEvery);
    left -= lookEvery;
    if (left === 0) take('sdk_timeout');
  };

  if (!isFacebookSdk(window.FB)) {
    if (!isSafeAddress(address)) {
      take('sdk_url_refused');
      return stop;
    }
    try {
      script = scripts.get(page) ?? insertScript(page, address);
    } catch {
      blocked();
      return stop;
    }
    scripts.set(page, script);
    script.addEventListener('error', blocked);
  }
  look();
  return stop;
}
