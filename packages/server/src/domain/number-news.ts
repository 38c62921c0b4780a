import type { NumberFacts } from './number-facts.ts';

/**
 * What a webhook says about numbers in service. Times are Meta's, milliseconds UTC, whole seconds.
 *
 * - `number` — facts of one number. Meta names its digits, and mostly its account
 * - `account` — something happened to an account, so its numbers are to be read
 * - `cap` — how many numbers the portfolio of an account may have
 */
export type NumberNews =
  | { about: 'number'; wabaId: string | undefined; phoneNumber: string; facts: NumberFacts; at: number }
  | { about: 'account'; wabaId: string; at: number }
  | { about: 'cap'; wabaId: string; mostNumbers: number; at: number };
