import type { ClaimRequest } from '@embedded-signup-kit/protocol';

/** A launch that must outlive its page: a reload, or a browser without popups that leaves the page for Meta's. */
export interface KeptLaunch {
  /** The token of the session that was launched with. */
  session: string;
  /** The page's address, without query and fragment: where Meta comes back to when it has no window of its own. */
  redirectUri: string;
  /** Whom messages of the popup are believed from. */
  dialogOrigins: readonly string[];
  /** No code will come back in the page's address: Meta has a window of its own, or has come back already. */
  settled?: boolean | undefined;
  /** What the session log said of the finish: only ids, and hearsay. It may not have reached the server yet. */
  finish?: ClaimRequest | undefined;
  /** When, in milliseconds UTC by this browser's clock. */
  at: number;
}

// Afterwards nobody is still in Meta's window, and a code that comes back is somebody's trick.
const goodFor = 3_600_000;

const nameOf = (server: string) => `embedded-signup ${server}`;

/** Keeps a launch for this tab, or forgets it. Without storage, such as in a sandbox, nothing is kept. */
export function keepLaunch(server: string, launch?: KeptLaunch): void {
  try {
    if (launch) sessionStorage.setItem(nameOf(server), JSON.stringify(launch));
    else sessionStorage.removeItem(nameOf(server));
  } catch {
    // A reload then begins anew, and the server learns of the claim from Meta.
  }
}

/** The launch that this tab left behind. */
export function recallLaunch(server: string): KeptLaunch | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(server)) ?? 'null');
    // Written by the function above, or by nobody.
    return Math.abs(Date.now() - Object(kept).at) < goodFor ? (kept as KeptLaunch) : undefined;
  } catch {
    return undefined;
  }
}

/** Adds the finish to what is kept, for the page that comes next; or takes it out again. */
export function keepFinish(server: string, finish: ClaimRequest | undefined): void {
  const kept = recallLaunch(server);
  if (kept) keepLaunch(server, { ...kept, finish });
}
