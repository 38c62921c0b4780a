import type { SeededRandom } from './seeded-random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** How far the issuing has come; plain data, to be saved. */
export interface IdentifiersState {
  /** Object ids so far. */
  readonly issued: number;
  /** Place of the random numbers. */
  readonly random: number;
}

/** Issues everything in the simulator that has to look like one of Meta's ids, codes and tokens. */
export interface Identifiers {
  /** A Graph object id: 16 digits as text, never issued twice. */
  objectId(): string;
  /** Six digits, as sent to a phone to verify it. */
  oneTimeCode(): string;
  /** What FB.login hands to the page: to be exchanged once, within 30 seconds. */
  authorizationCode(): string;
  /** An access token of a customer's business. */
  accessToken(): string;
  /** Names one Graph call, as in `fbtrace_id`. */
  traceId(): string;
  /** Names one open popup in its URL. */
  dialogId(): string;
  /** What tells a customer's present identity from an earlier one: `DF2lS5v2W6x=`. */
  identityKeyHash(): string;
  /** So many hexadecimal digits in capitals: the part of a `wamid.` that makes it unique. */
  messageKey(length: number): string;
  state(): IdentifiersState;
  /** Goes on where `state` ends, so that nothing is issued twice. */
  restore(state: IdentifiersState): void;
}

/** Identifiers drawn from `random`. */
export function createIdentifiers({ random }: { random: SeededRandom }): Identifiers {
  let issued = 0;
  const digits = (length: number) => Array.from({ length }, () => String(Math.floor(random() * 10))).join('');
  const letters = (length: number) =>
    Array.from({ length }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join('');
  return {
    objectId() {
      issued += 1;
      return `1${digits(7)}${String(issued).padStart(8, '0')}`;
    },
    oneTimeCode: () => digits(6),
    authorizationCode: () => `AQ${letters(86)}`,
    accessToken: () => `EAAS${letters(120)}`,
    traceId: () => `A${letters(22)}`,
    dialogId: () => letters(32),
    identityKeyHash: () => `${letters(11)}=`,
    messageKey: (length) =>
      Array.from({ length }, () => '0123456789ABCDEF'.charAt(Math.floor(random() * 16))).join(''),
    state: () => ({ issued, random: random.place() }),
    restore(state) {
      ({ issued } = state);
      random.goOnFrom(state.random);
    },
  };
}
