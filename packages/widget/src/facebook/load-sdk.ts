import { findFacebookSdk, isFacebookSdkComing } from './facebook-sdk.ts';
import type { FacebookSdk } from './facebook-sdk.ts';
import { insertScript } from './insert-script.ts';
import { isSafeAddress } from './is-safe-address.ts';

/** Why there is no SDK: its address is refused, the script could not be had, or it did not come in time. */
export type SdkFailure =
  /**
   * The SDK's address is neither https nor http on loopback.
   * @helps Correct the server's configuration.
   */
  | 'sdk_url_refused'
  /**
   * The Facebook SDK could not be loaded.
   * @helps Look for a content blocker, at the network, and at your Content-Security-Policy.
   */
  | 'sdk_blocked'
  /**
   * The SDK did not come within 10 s.
   * @helps Wait: it recovers if it comes late.
   */
  | 'sdk_timeout';

/** What there is to tell of the SDK. */
export type SdkNews = { type: 'sdk'; sdk: FacebookSdk } | { type: 'no-sdk'; code: SdkFailure };

const lookEvery = 250;
const looksInTime = 40;

// One for the page, whatever number of elements waits for it.
let shared: HTMLScriptElement | undefined;

function forget(): void {
  shared?.remove();
  shared = undefined;
}

/**
 * Waits for the Facebook SDK, loading it unless the page has it. After `sdk_timeout` it may still come, which is told, too. A
 * failed load is forgotten, so that the next call tries anew. Returns a function that ends the waiting.
 *
 * The page's own `fbAsyncInit` is left alone: the SDK calls one function only, and whoever sets it last wins. So
 * the global itself is looked at.
 */
export function loadSdk(address: string, tell: (news: SdkNews) => void): () => void {
  let script: HTMLScriptElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looks = 0;
  const fail = (code: SdkFailure) => tell({ type: 'no-sdk', code });
  const stop = () => {
    clearTimeout(timer);
    script?.removeEventListener('error', blocked);
  };
  const blocked = () => {
    stop();
    fail('sdk_blocked');
  };
  const look = () => {
    const sdk = findFacebookSdk();
    if (sdk) {
      stop();
      return tell({ type: 'sdk', sdk });
    }
    timer = setTimeout(look, lookEvery);
    if (looks === looksInTime) fail('sdk_timeout');
    looks += 1;
  };

  if (!findFacebookSdk() && !isFacebookSdkComing()) {
    if (!isSafeAddress(address)) {
      fail('sdk_url_refused');
      return stop;
    }
    try {
      if (!shared) {
        shared = insertScript(address);
        shared.addEventListener('error', forget);
      }
    } catch {
      fail('sdk_blocked');
      return stop;
    }
    script = shared;
    script.addEventListener('error', blocked);
  }
  look();
  return stop;
}
