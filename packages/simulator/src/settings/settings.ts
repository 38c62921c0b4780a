import type { Assumptions } from './assumptions.ts';
import type { ClockKind } from '../clock/clock.ts';
import type { HandOverSettings } from './hand-over-settings.ts';

/** The form of session-logging messages: that of Embedded Signup v4, or of v3 or v2, which carry their number 3. */
export type SessionLogForm = 'v4' | 'v3' | 'v2';

/** Which of Meta's two documented mappings from failures to HTTP answers is played. */
export type ErrorProfile = 'live' | 'openapi';

/** How times are written: `2026-11-20T12:00:00+0000`, or seconds since 1970. */
export type TimeForm = 'iso' | 'unix';

/** How the numbers of the pool are written: `+1 555-010-0001`, or `+15550100001`. */
export type NumberForm = 'display' | 'e164';

/** What the popup does after Finish: `closes` at once, or `stays` until the customer closes it; only then it reports. */
export type LastScreen = 'closes' | 'stays';

/** What a simulator runs with: the options with every default filled in. */
export interface Settings {
  readonly now: () => number;
  readonly clock: ClockKind;
  readonly seed: number;
  readonly profile: ErrorProfile;
  readonly times: TimeForm;
  readonly numberForm: NumberForm;
  readonly numbers: number;
  readonly appId: string;
  readonly appSecret: string;
  readonly configId: string;
  readonly businessId: string;
  readonly systemUserToken: string;
  readonly systemUserScopes: readonly string[];
  readonly systemUserTokenExpiresAt: number | undefined;
  readonly systemUserTokenAppId: string | undefined;
  readonly userToken: string;
  readonly webhookVerifyToken: string;
  readonly graphVersions: readonly string[];
  readonly businessTokenLifetime: number | undefined;
  readonly requireAppSecretProof: boolean;
  readonly poolEligible: boolean;
  readonly onboardingsPerWeek: number;
  readonly appCallsPerHour: number;
  readonly ledgerLimit: number;
  readonly sessionLog: 'auto' | SessionLogForm;
  readonly lastScreen: LastScreen;
  readonly handOver: HandOverSettings;
  readonly dialogHost: string | undefined;
  readonly redirectInsteadOfPopup: boolean;
  readonly assumptions: Assumptions;
  /** A watch for real time, in ms from any beginning. */
  readonly measure: () => number;
  readonly delay: (ms: number) => Promise<void>;
  /** Runs something after so many ms of real time, without keeping the process alive; returns how to call it off. */
  readonly later: (ms: number, run: () => void) => () => void;
}
