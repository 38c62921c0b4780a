import { loadSdk } from '../facebook/load-sdk.ts';
import { onSdkFailed, onSdkReady } from './on-session.ts';
import type { Runners, SignupContext } from './signup-context.ts';

/** Waits for the Facebook SDK; `whenLate` first waits for this package's own second part. */
export function createSdkRunners(
  { deps, signal, state, put }: SignupContext,
  whenLate: (run: () => void) => void,
): Runners<'load'> {
  let stop = () => {};
  signal.addEventListener('abort', () => stop());
  return {
    load: () => {
      stop();
      stop = loadSdk(deps, state().session?.launch.sdkUrl ?? '', (found) => {
        if (typeof found === 'string') put(onSdkFailed, found);
        else whenLate(() => put(onSdkReady, found));
      });
    },
  };
}
