import { z } from 'zod';
import { textCell } from '../domain/cells.ts';
import { codeInText } from '../domain/code-in-text.ts';
import { readFullNumber } from '../domain/read-phone-number.ts';
import { textTime } from '../domain/text-time.ts';
import type { Cipher } from '../ports/cipher.ts';
import type { Clock } from '../ports/clock.ts';
import { given } from '../ports/given.ts';
import type { Store } from '../ports/store.ts';
import type { CodeMarks } from './code-marks.ts';
import { callsToKnow, isCodeExpected } from './is-code-expected.ts';

/** A text as a telephony provider has it. */
export interface ReceivedText {
  /** The number it was sent to: `+15550100001`, `15550100001` or `0015550100001`. */
  to: string;
  body: string;
}

/**
 * What became of a text. `taken` — its code is kept, and handed in within a moment; `no_code` — there is none in it;
 * `unknown_number` — no number of the pool, or one that has left it unclaimed; `not_expected` — the kit asked for no code for
 * this number lately, or has done with it, or the claim that has the number waits for none. Only `taken` changes anything.
 */
export type TextOutcome = 'taken' | 'no_code' | 'unknown_number' | 'not_expected';

/** What receiving texts is made of. */
export interface ReceiveTextDeps {
  store: Pick<Store, 'findNumberByPhone' | 'listNumberCalls' | 'keepText'>;
  cipher: Pick<Cipher, 'seal'>;
  clock: Clock;
  marks: CodeMarks;
  /** Told once a code is kept, so that it is handed in while it lives. Must not wait. */
  wake: () => void;
}

const text = z.object({ to: z.string('must be a text'), body: z.string('must be a text') });

/**
 * Takes a text for a number of the pool, or for one of it whose claim waits for a code. Anybody can send one, and a few wrong
 * codes block a number for hours: so a code is kept only while one is on its way that was asked for through the kit. The same
 * text once more counts as one.
 *
 * @throws InvalidRequestError, StoreUnavailableError
 */
export function receiveText({ store, cipher, clock, marks, wake }: ReceiveTextDeps) {
  return async (input: ReceivedText): Promise<TextOutcome> => {
    const { to, body } = given(text, input);
    const code = codeInText(body);
    if (code === undefined) return 'no_code';
    const phoneNumber = readFullNumber(to);
    const number = phoneNumber === undefined ? undefined : await store.findNumberByPhone(phoneNumber);
    // Meta lists a claimed number no more; whether its claim waits for a code is said by the store, as it keeps the text.
    if (number === undefined || (number.goneAt !== undefined && number.claimId === undefined)) {
      return 'unknown_number';
    }
    const { id } = number;
    const now = clock.now();
    const calls = await store.listNumberCalls({ phoneNumber: number.phoneNumber, limit: callsToKnow });
    if (!isCodeExpected(calls, { now, marks: marks(id, code) })) return 'not_expected';
    const sealed = await cipher.seal(code, textCell(id));
    const kept = await store.keepText({ id, now, since: now - textTime, sealed });
    if (kept === 'not_expected') return 'not_expected';
    wake();
    return 'taken';
  };
}
