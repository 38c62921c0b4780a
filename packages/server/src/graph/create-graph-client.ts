import type { Dispatcher } from 'undici';
import { graphDefaults } from '../config/graph-defaults.ts';
import { newestGraphVersion } from '../config/graph-version.ts';
import type { Timer } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { createCaller } from './caller.ts';
import { accountCalls, type WhatsAppBusinessAccountCalls } from './client/account-calls.ts';
import { businessCalls, type BusinessCalls } from './client/business-calls.ts';
import { tokenCaller } from './client/call-options.ts';
import { creditLineCalls, type CreditLineCalls } from './client/credit-calls.ts';
import { oauthCalls, type OAuthCalls } from './client/oauth-calls.ts';
import { phoneNumberCalls, type PhoneNumberCalls } from './client/phone-number-calls.ts';
import { preverifiedNumberCalls, type PreverifiedNumberCalls } from './client/preverified-number-calls.ts';
import { graphLimits, type GraphLimits } from './graph-limits.ts';
import { metaId } from './graph-request.ts';
import { quietLogger } from './quietly.ts';

/** The options of {@link createGraphClient}. */
export interface GraphClientOptions {
  /** App Dashboard ▸ App settings ▸ Basic ▸ App ID. Digits. */
  appId: string;
  /** App Dashboard ▸ App settings ▸ Basic ▸ App secret. */
  appSecret: string;
  /** For calls without a token of their own: a text, or a function that fetches it, called for each use. */
  token?: string | (() => Promise<string>) | undefined;
  /** @default 'v26.0' */
  graphVersion?: string | undefined;
  /** @default 'https://graph.facebook.com' */
  graphUrl?: string | undefined;
  /** Time-outs, sizes, retries. */
  limits?: Partial<GraphLimits> | undefined;
  /** Hears of retries (`debug`), odd entries of lists and another version than asked for (`warn`). Never of a secret. */
  logger?: Logger | undefined;
  /** Called once per version that Meta serves instead of the one asked for. */
  onVersionMismatch?: ((served: string) => void) | undefined;
  /** Milliseconds UTC. @default the machine's clock */
  now?: (() => number) | undefined;
  /** Milliseconds of a clock that never goes back: deadlines and waits are counted by it. @default the machine's own */
  monotonic?: (() => number) | undefined;
  /** From 0 to below 1, for waits. @default chance from the operating system */
  random?: (() => number) | undefined;
  /** Ends after so many milliseconds, or with the signal: the time between attempts. @default a timer */
  wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** What times attempts. @default the machine's timers */
  timer?: Timer | undefined;
  /** Instead of the client's own pool of connections; not closed by the client. */
  dispatcher?: Dispatcher | undefined;
}

/** Meta's Graph API, as far as Embedded Signup with pre-verified numbers needs it; grouped by what a call is made on. */
export interface GraphClient {
  /** The app itself: `/oauth/access_token`, `/debug_token`. */
  oauth: OAuthCalls;
  /** Business portfolios: the pool, sharing, customers' accounts, credit lines. */
  business: BusinessCalls;
  /** Numbers of the pool. */
  preverifiedNumber: PreverifiedNumberCalls;
  /** WhatsApp Business Accounts. */
  whatsAppBusinessAccount: WhatsAppBusinessAccountCalls;
  /** WhatsApp phone numbers. */
  phoneNumber: PhoneNumberCalls;
  /** Credit lines. */
  creditLine: CreditLineCalls;
  /** Ends the connections; calls under way fail. */
  close(): Promise<void>;
}

/**
 * Makes a client for Meta's Graph API.
 *
 * What it promises: each call goes to the one origin, with the token in the header and its `appsecret_proof`; ids keep all
 * their digits; reads, and writes that do no harm twice, are repeated within the deadline and a budget for all of the client;
 * what costs is never repeated unless it surely did not go out, or Meta itself throttled it; limits are obeyed before Meta refuses; every failure is a
 * `GraphError` that says what it means and what to do next, and holds no secret.
 *
 * @throws TypeError, RangeError when an option cannot work
 * @example
 * const graph = createGraphClient({ appId, appSecret, token: systemUserToken });
 * for await (const number of graph.business.preverifiedNumbers({ businessId })) console.log(number.phoneNumber);
 * await graph.phoneNumber.register({ phoneNumberId, pin }, { token: customerToken });
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const { appSecret, token, now = graphDefaults.now } = options;
  const logger = options.logger && quietLogger(options.logger);
  const appId = metaId(options.appId);
  if (typeof appSecret !== 'string' || appSecret === '') throw new TypeError('graph: appSecret is missing');
  const caller = createCaller({
    graphUrl: options.graphUrl ?? 'https://graph.facebook.com',
    graphVersion: options.graphVersion ?? newestGraphVersion,
    appSecret,
    dispatcher: options.dispatcher,
    limits: graphLimits(options.limits),
    now,
    monotonic: options.monotonic ?? graphDefaults.monotonic,
    random: options.random ?? graphDefaults.random,
    wait: options.wait ?? graphDefaults.wait,
    timer: options.timer ?? graphDefaults.timer,
    logger,
    onVersionMismatch: options.onVersionMismatch,
  });
  const tokens = tokenCaller({
    caller,
    defaultToken: token,
    onUnreadable: (action, entries) =>
      logger?.warn('a list of Meta’s has entries that cannot be read', { action, entries }),
  });
  return {
    oauth: oauthCalls({ caller, appId, appSecret, now }),
    business: businessCalls(tokens),
    preverifiedNumber: preverifiedNumberCalls(tokens),
    whatsAppBusinessAccount: accountCalls(tokens),
    phoneNumber: phoneNumberCalls(tokens),
    creditLine: creditLineCalls(tokens),
    close: () => caller.close(),
  };
}
