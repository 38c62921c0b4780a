// What Meta's documents leave open, or say in two ways, is a switch here: the default is the better sourced answer.
// Every switch is listed with its source in docs/assumptions.md; a test holds the two together.

interface Choice<Value> {
  readonly choices: readonly Value[];
}

interface Amount {
  readonly amount: number;
}

/** One of these words, the first unless told. */
function oneOf<const Value extends string | number | boolean>(...choices: readonly Value[]): Choice<Value> {
  return { choices };
}

/** Any number from 0 on, `Infinity` for no limit; this one unless told. */
function amount(value: number): Amount {
  return { amount: value };
}

const SWITCHES = {
  /** How many of `preVerifiedPhone.ids` the popup shows. Pre-fill page: only the first; pre-verified guide: two. */
  preverifiedIdsShown: oneOf('first', 'all'),
  /** What `GET /<PREVERIFIED_ID>` answers after a claim; the guide says that the object "is replaced". */
  claimedPreverified: oneOf('gone', 'readable'),
  /** Word for a verification that lapsed: the SDKs' enumeration, or the guide's prose. */
  lapsedStatus: oneOf('EXPIRED', 'NOT_VERIFIED', 'UNVERIFIED'),
  /** Numbers a pool may hold; that there is a maximum is documented, its value is not. */
  poolLimit: amount(Infinity),
  /** request_code calls for one number in `codeRequestWindowHours`: "limited", without a figure. */
  codeRequestLimit: amount(10),
  /** Hours in which they are counted; 12 is what the popup's error page tells a customer to wait. */
  codeRequestWindowHours: amount(12),
  /** Wrong codes for one number before verify_code is locked: "multiple failed attempts", without a figure. */
  wrongCodeLimit: amount(5),
  /** Hours a number stays locked after too many wrong codes (Embedded Signup errors page: about 12). */
  wrongCodeLockHours: amount(12),
  /** Wrong PINs before register answers 133008; the details of the error name the wait, no page does. */
  pinGuessLimit: amount(5),
  /** Hours that 133008 lasts. */
  pinGuessLockHours: amount(12),
  /** Seconds after a wrong PIN in which another guess is "too fast", 133009; 0 for never. */
  pinGuessPauseSeconds: amount(0),
  /** Where the cap of a portfolio bites: the error is documented for adding only, the cap speaks of registered numbers. */
  numberLimitAt: oneOf('add-and-register', 'add'),
  /** Days to register after a claim: 90 in the pre-verified guide, 14 on two Embedded Signup pages. */
  daysToRegister: oneOf(90, 14),
  /** Feature types that ended with v2 on 15 October 2026: said to fall back silently to the standard flow. */
  removedFeatureTypes: oneOf('standard-flow', 'served'),
  /** Whether messages of a finish without registration name the number: their samples do not, two other pages do. */
  partialFinishNamesNumber: oneOf(false, true),
  /** What happens to a `redirect_uri` in the exchange of a popup code, and to its absence (error 36008). */
  redirectUriOfPopupCode: oneOf('refused', 'required', 'ignored'),
  /** What becomes of a code after a mismatch of `redirect_uri`; two public clients: a failed exchange = start over. */
  codeAfterOtherRedirect: oneOf('used', 'kept'),
  /** Error code of a call without a token: the error codes page has all three. */
  missingTokenCode: oneOf(190, 104, 200),
  /** Whether the system user sees the accounts that customers shared through the popup without being assigned. */
  sharedAccountsVisibleToSystemUser: oneOf(true, false),
  /** Whether debug_token names the accounts under `granular_scopes`; absent targets mean all of them. */
  tokenTargets: oneOf('listed', 'absent', 'empty'),
  /** Which numbers can be shared: "not in a shareable state" is a documented error, the states are not named. */
  shareableNumbers: oneOf('verified', 'any'),
  /** What comes of attaching the same credit line to the same account again: an attached line "cannot be changed". */
  creditAttachedAgain: oneOf('accepted', 'refused'),
  /** Seconds until a new number shows in the lists of its account. */
  listedAfterSeconds: amount(0),
  /** HTTP status of a throttled call in the `live` profile; the error code is the same. */
  throttledStatus: oneOf(400, 429),
  /** Code of the limit per WhatsApp account: Graph's documents say 80008, WhatsApp's say 80007. */
  accountLimitCode: oneOf(80_008, 80_007),
  /** Brazil's ninth digit and Mexico's 1 in `display_phone_number`: the phone numbers page says they may be left out. */
  nationalPrefixInDisplay: oneOf('dropped', 'kept'),
  /** Hours for which a webhook is tried again: 7 days on the webhooks overview, 36 hours on the endpoint page. */
  webhookRetryHours: amount(168),
  /** `entry.id` of PARTNER_ADDED and its like: the partner's portfolio, or (webhook reference) just "the business". */
  partnerEventEntry: oneOf('partner', 'customer'),
  /** Where `object` and `field` stand in PARTNER_APP_INSTALLED and _UNINSTALLED: as in their examples, or as everywhere. */
  partnerAppEventShape: oneOf('example', 'regular'),
  /** How business_capability_update writes the messaging limit: the reference names tiers, its example has a number. */
  capabilityLimitForm: oneOf('tier', 'number'),
  /** Error of a message from a number that is not registered: 133010 with HTTP 400, 131045 with HTTP 500. */
  unregisteredSenderCode: oneOf(133_010, 131_045),
  /** What becomes of `recipient_identity_key_hash` while the number's identity check is off. */
  identityHashWithoutCheck: oneOf('ignored', 'compared'),
} as const;

type Switches = typeof SWITCHES;

/** What the simulator assumes where Meta's documents are silent or disagree. */
export type Assumptions = {
  readonly [Name in keyof Switches]: Switches[Name] extends Choice<infer Value> ? Value : number;
};

/** The default of every switch. */
export const ASSUMED: Assumptions = defaults();

function defaults(): Assumptions {
  const all = Object.entries(SWITCHES).map(([name, offer]) => [
    name,
    'amount' in offer ? offer.amount : offer.choices[0],
  ]);
  return Object.fromEntries(all) as Assumptions;
}

/** Fills in what is not given. Throws TypeError for a switch that does not exist or cannot stand so. */
export function resolveAssumptions(given: Readonly<Record<string, unknown>> = {}): Assumptions {
  const resolved: Record<string, unknown> = { ...ASSUMED };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!isSwitch(name))
      throw new TypeError(`There is no switch "${name}": ${Object.keys(SWITCHES).join(', ')}`);
    const problem = problemWith(SWITCHES[name], value);
    if (problem !== undefined) throw new TypeError(`${name} must be ${problem}`);
    resolved[name] = value;
  }
  return resolved as Assumptions;
}

function isSwitch(name: string): name is keyof Switches {
  return Object.hasOwn(SWITCHES, name);
}

function problemWith(offer: Choice<unknown> | Amount, value: unknown): string | undefined {
  if ('amount' in offer) {
    return typeof value === 'number' && value >= 0 ? undefined : 'a number from 0 on';
  }
  return offer.choices.includes(value) ? undefined : `one of ${offer.choices.join(', ')}`;
}
