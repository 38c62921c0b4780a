import type { FacebookGlobals } from '../facebook/facebook-sdk.ts';

/** The part of a browser window that a signup needs. */
export type SignupWindow = FacebookGlobals &
  Pick<Window, 'document' | 'open' | 'addEventListener' | 'removeEventListener'>;

/** Everything outside that a signup touches; tests give their own. */
export interface SignupDeps {
  window: SignupWindow;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  setTimeout: (run: () => void, ms: number) => number;
  clearTimeout: (timer: number) => void;
  /** For the page's engineer: words that hold nothing of the customer's. */
  report: (...words: string[]) => void;
}

/** The browser itself. */
export function browserDeps(window: Window & typeof globalThis, fetch = window.fetch): SignupDeps {
  return {
    window,
    // As plain functions: the browser's own refuse any other `this` than the window.
    fetch: (...request) => fetch(...request),
    setTimeout: (run, ms) => window.setTimeout(run, ms),
    clearTimeout: (timer) => window.clearTimeout(timer),
    now: Date.now,
    random: Math.random,
    // oxlint-disable-next-line no-console -- the one way to reach the page's engineer
    report: console.warn,
  };
}
