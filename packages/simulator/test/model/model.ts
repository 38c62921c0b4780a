import { RULES } from './rules.ts';

/** A number in the partner's pool. Times in ms, UTC, everywhere. */
export interface PoolNumber {
  readonly id: string;
  readonly digits: string;
  readonly addedAt: number;
  verifiedAt: number | undefined;
  /** With the one partner there is. */
  shared: boolean;
}

/** Another Solution Partner in the same solution. */
export interface Partner {
  readonly businessId: string;
  readonly systemUserToken: string;
}

/** Calls of a kind that is limited. */
export interface Allowance {
  calls: number[];
  blockedUntil: number;
}

/** Wrong answers in a row, and the lock they lead to. */
export interface Guesses {
  wrong: number;
  lockedUntil: number;
}

/** A number on a customer's account. */
export interface AccountNumber {
  readonly id: string;
  readonly wabaId: string;
  readonly businessId: string;
  readonly digits: string;
  readonly fromPool: boolean;
  readonly onboardedAt: number;
  /** Until when it must be registered. */
  registerBy: number;
  registeredAt: number | undefined;
  pin: string | undefined;
  readonly pins: Guesses;
  readonly registrations: Allowance;
  readonly deregistrations: Allowance;
}

/** What a phone got, and what was tried with it. */
export interface Handset {
  /** The newest code as it was read off the phone. */
  code: { readonly text: string; readonly sentAt: number; open: boolean } | undefined;
  readonly requests: number[];
  readonly guesses: Guesses;
}

/** A code that the popup handed to a page. */
export interface Login {
  readonly code: string;
  readonly businessId: string;
  readonly issuedAt: number;
  token: string | undefined;
}

/** What the documents say the world is like after the commands so far. */
export interface Model {
  now: number;
  pool: PoolNumber[];
  numbers: AccountNumber[];
  logins: Login[];
  readonly handsets: Map<string, Handset>;
  readonly partner: Partner;
  /** Ids that stood for a pool number once. */
  readonly gone: string[];
  /** Numbers made so far, so that each is new. */
  made: number;
  /** How often each rule was decisive. */
  readonly reached: Map<string, number>;
}

/** A world in which nothing happened, at `now`; `reached` is counted up. */
export function emptyModel(now: number, partner: Partner, reached: Map<string, number>): Model {
  const lists = { pool: [], numbers: [], logins: [], gone: [] };
  return { now, partner, ...lists, handsets: new Map(), made: 0, reached };
}

/** Counts a rule that was decisive and passes the value on. */
export function reach<Value>({ reached }: Model, rule: string, value: Value): Value {
  reached.set(rule, (reached.get(rule) ?? 0) + 1);
  return value;
}

/** `VERIFIED`, `NOT_VERIFIED` when never, `EXPIRED` when that was too long ago. */
export function statusInPool({ verifiedAt }: PoolNumber, now: number): string {
  if (verifiedAt === undefined) return 'NOT_VERIFIED';
  return now < verifiedAt + RULES.verifiedFor ? 'VERIFIED' : 'EXPIRED';
}

/** A number that was not registered in time has to be verified again. */
export function statusOnAccount({ registeredAt, registerBy }: AccountNumber, now: number): string {
  return registeredAt !== undefined || now < registerBy ? 'VERIFIED' : 'EXPIRED';
}

/** Lets time pass: numbers that nobody verified leave the pool. */
export function passTime(model: Model, duration: number): void {
  model.now += duration;
  const isLeft = ({ verifiedAt, addedAt }: PoolNumber) =>
    verifiedAt === undefined && model.now >= addedAt + RULES.keptUnverifiedFor;
  for (const { id } of model.pool.filter(isLeft))
    reach(model, 'left the pool unverified', model.gone.push(id));
  model.pool = model.pool.filter((number) => !isLeft(number));
}

/** The phone with these digits. */
export function handsetOf({ handsets }: Model, digits: string): Handset {
  const known = handsets.get(digits);
  if (known !== undefined) return known;
  const fresh: Handset = { code: undefined, requests: [], guesses: { wrong: 0, lockedUntil: 0 } };
  handsets.set(digits, fresh);
  return fresh;
}

/** Whether these digits are in the pool or on an account. */
export function isTaken({ pool, numbers }: Model, digits: string): boolean {
  return [...pool, ...numbers].some((number) => number.digits === digits);
}
