import { z } from 'zod';
import { normaliseNumber } from '../domain/normalise-number.ts';
import { comparableDigits } from '../domain/number-match.ts';
import { given, givenName } from '../ports/given.ts';
import { addNumber, type AddNumberDeps, type AddOutcome } from './add-number.ts';
import { country } from './country.ts';

/** How numbers are added. */
export interface AddNumbersOptions {
  /** `kit`, or an operator's name: goes into the ledger. */
  who: string;
  /** Which country numbers without a calling code are of, ISO 3166-1 alpha-2. @default they are refused */
  country?: string | undefined;
  /** Stops between two numbers. */
  signal?: AbortSignal | undefined;
  /** After each number. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/**
 * What became of a number: `added`; `known` — it is in the pool already, or was given twice; `invalid` — it cannot be a
 * telephone number, and Meta was not asked; `refused` — by Meta; `unsure` — nobody knows: add it again, Meta's list is looked at
 * first then; `stopped` — it was not tried.
 */
export interface AddedNumber {
  /** As it was given. */
  given: string;
  /** E.164, with the plus. */
  phoneNumber?: string;
  /** Meta's id of the pre-verified object. Digits. */
  id?: string;
  outcome: 'added' | 'known' | 'invalid' | 'refused' | 'unsure' | 'stopped';
  /** Why it is neither `added` nor `known`: a stable word, and a sentence that says what to do. */
  reason?: { code: string; message: string };
  /** When it may be tried again, where that is known. Milliseconds UTC. */
  retryAt?: number;
}

/** Calls to Meta at a time. */
const mostAtOnce = 8;

const written = z.array(z.string('must be a text'), 'must be a list').min(1, 'must have a number');

/**
 * Adds numbers to the pool, as people write them. Adding the same again changes nothing, so whatever was left can be added
 * again. When Meta throttles, cannot be reached or does not take the token, the rest is not tried.
 *
 * @returns one for each number given, in order
 * @throws InvalidRequestError, StoreUnavailableError; numbers before that may be added
 */
export function addNumbers(deps: AddNumberDeps) {
  const add = addNumber(deps);
  return async (phoneNumbers: readonly string[], options: AddNumbersOptions): Promise<AddedNumber[]> => {
    const { signal, onProgress } = options;
    const who = givenName(options.who);
    const within = given(country.optional(), options.country, ['country']);
    const total = given(written, phoneNumbers, ['phoneNumbers']).length;
    const results: AddedNumber[] = [];
    const inThisCall = new Map<string, Promise<AddOutcome>>();
    let stop: AddOutcome | undefined;
    let broken: { error: unknown } | undefined;

    const addNext = async (text: string): Promise<AddedNumber> => {
      const normalised = normaliseNumber(text, within);
      if ('problem' in normalised) {
        const reason = { code: 'invalid_number', message: normalised.problem };
        return { given: text, outcome: 'invalid', reason };
      }
      const { phoneNumber } = normalised;
      const digits = comparableDigits(phoneNumber);
      const before = inThisCall.get(digits);
      if (before === undefined && signal?.aborted === true)
        return { given: text, phoneNumber, ...interrupted };
      if (before === undefined && stop !== undefined) return { given: text, phoneNumber, ...notTried(stop) };
      const adding = before ?? add(phoneNumber, who);
      inThisCall.set(digits, adding);
      const { concernsAll, ...end } = await adding;
      if (concernsAll === true) stop ??= end;
      return {
        given: text,
        phoneNumber,
        ...end,
        ...(before !== undefined && end.outcome === 'added' ? { outcome: 'known' } : {}),
      };
    };

    let next = 0;
    let done = 0;
    const run = async (): Promise<void> => {
      while (next < total && broken === undefined) {
        const index = next;
        next += 1;
        try {
          results[index] = await addNext(phoneNumbers[index] ?? '');
        } catch (error) {
          broken ??= { error };
          return;
        }
        done += 1;
        onProgress?.({ done, total });
      }
    };
    await Promise.all(Array.from({ length: Math.min(mostAtOnce, total) }, run));
    if (broken !== undefined) throw broken.error;
    return results;
  };
}

const interrupted = {
  outcome: 'stopped',
  reason: {
    code: 'interrupted',
    message:
      'It was not tried, because the work was stopped. Add it again: numbers that are there already are known.',
  },
} as const;

const notTried = ({ reason, retryAt }: AddOutcome): Pick<AddedNumber, 'outcome' | 'reason' | 'retryAt'> => ({
  outcome: 'stopped',
  ...(reason === undefined ? {} : { reason }),
  ...(retryAt === undefined ? {} : { retryAt }),
});
