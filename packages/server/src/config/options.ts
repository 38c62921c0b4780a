import type { Prefill } from '@embedded-signup-kit/protocol';
import type { Request } from 'express';
import type { Dispatcher } from 'undici';
import type { HostEventType } from '../domain/host-event-types.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { HostEventOf } from '../ports/host-event-data.ts';
import type { Logger } from '../ports/logger.ts';
import type { Random } from '../ports/random.ts';

/** What Meta's dashboards say about the BSP's app. */
export interface MetaOptions {
  /** App Dashboard ▸ App settings ▸ Basic ▸ App ID. Digits. */
  appId: string;
  /** App Dashboard ▸ App settings ▸ Basic ▸ App secret. While rotating it, a list: the current one first. */
  appSecret: string | string[];
  /** App Dashboard ▸ Facebook Login for Business ▸ Configurations. Digits. */
  configId: string;
  /** Business settings ▸ Business info: the portfolio that owns the pre-verified numbers. Digits. */
  businessId: string;
  /**
   * A System User token of that portfolio with `business_management` and `whatsapp_business_management`,
   * or a function that fetches it, called for each use.
   */
  systemUserToken: string | (() => Promise<string>);
  /**
   * App Dashboard ▸ WhatsApp ▸ Configuration ▸ Webhook ▸ Verify token: a text that you make up. Needed once, when Meta is
   * told the address of `/webhook`.
   */
  webhookVerifyToken?: string;
  /** @default 'v26.0' */
  graphVersion?: string;
  /** @default 'https://graph.facebook.com' */
  graphUrl?: string;
  /** @default 'https://connect.facebook.net/en_US/sdk.js' */
  sdkUrl?: string;
  /** Exact origins of the popup. @default Meta's two */
  dialogOrigins?: string[];
}

/** What the host knows of the customer who is signed in. */
export interface Customer {
  /** The host's own id. At most 200 characters. */
  id: string;
  /** Numbers of this country first. ISO 3166-1 alpha-2. */
  country?: string | undefined;
  prefill?: Prefill | undefined;
  /** For Multi-Partner Solutions. Digits. */
  solutionId?: string | undefined;
  /** Another configuration than `meta.configId`. Digits. */
  configId?: string | undefined;
}

/** Replaceable parts, for tests and for key services. */
export interface Deps {
  clock?: Clock;
  timer?: Timer;
  random?: Random;
  /** The undici dispatcher for calls to Meta. */
  dispatcher?: Dispatcher;
  logger?: Logger;
  cipher?: Cipher;
  /**
   * How long a node may be silent before another one takes its work over, milliseconds; the same on every node. It is how
   * long a claim waits after a process was killed. @default 20000
   */
  leaseMs?: number;
}

/** The BSP's credit line, for customers whose messages the BSP pays (Meta, "Share and revoke credit lines"). */
export interface CreditLineOptions {
  /** Meta's id of the credit line. Digits. */
  id: string;
  /** What the accounts are billed in; Meta takes these six. */
  currency: 'AUD' | 'EUR' | 'GBP' | 'IDR' | 'INR' | 'USD';
  /** The System User whose token `meta.systemUserToken` is: it is added to each account first. Digits. */
  systemUserId: string;
}

/** Another address for the message webhooks of the accounts (Meta, "Webhook overrides"). */
export interface WebhookOverrideOptions {
  /** https, at most 200 characters. */
  callbackUri: string;
  verifyToken: string;
}

/**
 * What the host does about events. Each is awaited; one that throws is called again with growing waits for 24 hours, and then
 * kept as a dead letter. At least once, so look at `event.id`; in order for one claim; across restarts.
 */
export type HostHandlers = { [Type in HostEventType]?: (event: HostEventOf<Type>) => unknown } & {
  /**
   * Everything that Meta sends to `/webhook` and the kit does not act on, such as messages. Unlike the others it is awaited
   * inside the request and kept nowhere: when it throws, the answer is 500, and Meta sends the webhook again.
   */
  webhook?: (event: WebhookEvent) => unknown;
};

/** A webhook of Meta's, verified, without what the kit acts on. */
export interface WebhookEvent {
  /** The same for the same content: Meta may send it more than once. */
  id: string;
  type: 'webhook';
  /** When it came. ISO 8601, UTC. */
  occurredAt: string;
  /** Meta's envelope: `{ object, entry: [{ id, time, changes: [{ field, value }] }] }`. */
  data: Readonly<Record<string, unknown>>;
}

/** Where the same events are posted, signed as Standard Webhooks says. */
export interface HostEventsOptions {
  /** https, or http on this machine. */
  url: string;
  /**
   * `whsec_…` as Standard Webhooks writes it, or any text of 24 bytes or more. A list while you rotate: each signs, the
   * current one first.
   */
  secret: string | string[];
}

/** How the pool is looked after. */
export interface PoolOptions {
  /**
   * How many numbers there should be to offer: for each country that the pool has numbers of, or by country, ISO 3166-1
   * alpha-2. With fewer, `poolLow` is told. @default nobody is told
   */
  low?: number | Record<string, number>;
  /** Asks for codes by itself, for new numbers and for those that lapse, where texts reach the kit. @default true */
  keepFresh?: boolean;
  /** Of the texts that Meta sends. @default 'en_US' */
  codeLanguage?: string;
}

/** Who may post texts to `/sms`. Each that is given is accepted; secrets may be lists while you rotate. */
export interface SmsOptions {
  /** For a relay of your own: `Authorization: Bearer <secret>`. 32 bytes or more. */
  secret?: string | string[];
  /** Twilio: Console ▸ Account ▸ Auth token. `url` is `/sms` as Twilio calls it, where a proxy hides that. */
  twilio?: { authToken: string | string[]; url?: string };
  /** Vonage: Dashboard ▸ Settings ▸ Signature secret, and the method chosen there. @default method 'sha256hmac' */
  vonage?: {
    signatureSecret: string | string[];
    method?: 'md5hash' | 'md5hmac' | 'sha1hmac' | 'sha256hmac' | 'sha512hmac';
  };
}

/** The options of `createEmbeddedSignup`. */
export interface EmbeddedSignupOptions {
  meta: MetaOptions;
  /** `sqlite:./data/signup.db`, or `postgres://…`. @default 'sqlite:./data/signup.db' */
  database?: string;
  /**
   * At least one text of 32 bytes or more, the current one first. Keys for sessions and for data at rest are derived from
   * each: the first one signs and seals, all of them verify and open. Make one with `openssl rand -base64 32`.
   *
   * To rotate with several nodes: add the new one at the end on every node; once all of them run with it, move it to the
   * front on every node; then run `embedded-signup secrets rotate`, or `signup.rotateSecrets()`, until nothing is left to
   * seal. Take the old one away 24 hours later, when its signup sessions are over.
   */
  secrets: string[];
  /** Who is signed in? `undefined` answers 401. Runs the host's own authentication. */
  customer: (req: Request) => Customer | string | undefined | Promise<Customer | string | undefined>;
  /** Origins of pages that may call, beside those of the same origin. @default [] */
  allowedOrigins?: string[] | ((origin: string) => boolean);
  /** Meta's pre-fill page says that only the first is shown. @default 1 */
  numbersPerSession?: number;
  launch?: { extras?: Record<string, unknown> };
  /** Shared with every account that is claimed, before its number is registered. Never changed once it is attached. */
  creditLine?: CreditLineOptions;
  webhookOverride?: WebhookOverrideOptions;
  /** Switches Meta's identity change check on for each number that is registered. @default false */
  identityCheck?: boolean;
  /** When a customer finishes without a number, puts the one that was held for them on their account. @default false */
  attachWhenNoNumber?: boolean;
  /**
   * Finds sign-ups whose browser never came back, by Meta's webhooks and lists. Without it such a number stays unclaimed, and
   * what `PARTNER_REMOVED` ends is still ended. @default true
   */
  recovery?: boolean;
  pool?: PoolOptions;
  /** Where texts for the pool's numbers come from. Without it codes are handed in by people. */
  sms?: SmsOptions;
  on?: HostHandlers;
  events?: HostEventsOptions;
  /** Who of your staff calls the operator's routes; the name goes into a claim's history. @default 'operator' */
  operator?: (req: Request) => string;
  deps?: Deps;
}
