import type { ClockKind } from '../clock/clock.ts';
import type { Assumptions } from './assumptions.ts';
import type { HandOverSettings } from './hand-over-settings.ts';
import type { ErrorProfile, LastScreen, NumberForm, SessionLogForm, TimeForm } from './settings.ts';

/** What a simulator is set to. All optional: without any, everything has a plausible value. */
export interface SettingsOptions {
  /** The clock below the simulator's own, in ms UTC. Give a constant to make time pass only when told. @default Date.now */
  now?: (() => number) | undefined;
  /** Whether time passes with `now`, or stands at its start and moves only when told. @default 'real' */
  clock?: ClockKind | undefined;
  /** Where ids, codes and tokens come from; the same seed gives the same ones. @default 1 */
  seed?: number | undefined;
  /** @default 'live' */
  profile?: ErrorProfile | undefined;
  /** @default 'iso' */
  times?: TimeForm | undefined;
  /** @default 'display' */
  numberForm?: NumberForm | undefined;
  /** Verified numbers in the pool at the start and after each reset. @default 0 */
  numbers?: number | undefined;
  /** The BSP's app. */
  appId?: string | undefined;
  appSecret?: string | undefined;
  /** The Facebook Login for Business configuration the popup must be opened with. */
  configId?: string | undefined;
  /** The BSP's business portfolio, owner of the pool. */
  businessId?: string | undefined;
  /** The token of the BSP's system user. */
  systemUserToken?: string | undefined;
  /** What that token may be used for; calls that need another permission are refused. @default all three that there are */
  systemUserScopes?: readonly string[] | undefined;
  /** When that token ends (ms, UTC). @default undefined: never */
  systemUserTokenExpiresAt?: number | undefined;
  /** The app that token was made for, to play one of another app. @default the option `appId` */
  systemUserTokenAppId?: string | undefined;
  /** The token of a person who is an admin of the BSP's business: for the pool good like the system user's. */
  userToken?: string | undefined;
  /** What the app's webhook subscription is set up with. */
  webhookVerifyToken?: string | undefined;
  /** Usable Graph versions, oldest first. Older ones are served by the oldest; newer ones do not exist. @default v21.0 to v26.0 */
  graphVersions?: readonly string[] | undefined;
  /** How long customers' tokens live, in ms; their `expires_in` is only sent then. @default undefined: for ever */
  businessTokenLifetime?: number | undefined;
  /** The app's setting "Require App Secret": every call must bring `appsecret_proof`. @default false */
  requireAppSecretProof?: boolean | undefined;
  /** Whether the BSP's business may have pre-verified numbers; otherwise listing, adding and sharing them are refused. @default true */
  poolEligible?: boolean | undefined;
  /** New customers in any 7 days: 200, or 10 before the partner's own verification and review. @default 200 */
  onboardingsPerWeek?: number | undefined;
  /**
   * Calls of the app in a rolling hour, not counting those that count against an account; then error 4. The documents
   * say 200 for each user of an app, which says nothing about a partner's. @default Infinity
   */
  appCallsPerHour?: number | undefined;
  /** How many calls the ledger keeps, the newest. @default 100000 */
  ledgerLimit?: number | undefined;
  /**
   * The form of session-logging messages. `auto` follows `extras.version` of the launch; without one it is v4, as the
   * configuration decides. @default 'auto'
   */
  sessionLog?: 'auto' | SessionLogForm | undefined;
  /** Whether the popup closes after Finish, or stays with a success screen and reports when that is closed. @default 'closes' */
  lastScreen?: LastScreen | undefined;
  /** How the popup hands message and code to the page. */
  handOver?: Partial<HandOverSettings> | undefined;
  /** The host name the popup runs on, such as `localhost` while Graph is on `127.0.0.1`; its messages then come from there. @default the one sdk.js was loaded from */
  dialogHost?: string | undefined;
  /** FB.login leaves the page for the dialog and comes back with `?code=…`, as in apps that open no popups. @default false */
  redirectInsteadOfPopup?: boolean | undefined;
  /** Answers to what Meta's documents leave open. */
  assume?: Partial<Assumptions> | undefined;
  /** Resolves after so many ms of real time; only faults wait. */
  delay?: ((ms: number) => Promise<void>) | undefined;
}
