import { z } from 'zod';
import { minute } from '../domain/durations.ts';
import { numberState, renewableFrom, whyNoCode } from '../domain/number-lifecycle.ts';
import { given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { PoolRecord } from '../ports/records.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { endRefused } from '../ports/end-number-call.ts';
import { unclaimedNumber } from './existing-number.ts';
import { tryToReadAndKeep } from './keep-as-shown.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import { AnswerLostError, CodeRefusedError, NumberVerifiedError, TooManyCodesError } from './pool-errors.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';

/** A one-time code as people type it, without what they put between its digits. Refusals never repeat it. */
export const typedCode = z
  .string('must be a text')
  .transform((typed) => typed.replace(/[\s\p{Pd}.]/gu, ''))
  .pipe(z.string().regex(/^[0-9]{4,8}$/, 'must be the six digits of the text, such as 123-456'));

/**
 * Hands a one-time code in, as people type it: `123-456`. Each try is on disk before it is made. Four since the last right one in 12
 * hours are the most, because Meta blocks the number at the fifth wrong one; a try whose answer was lost counts as well.
 *
 * @returns the number as Meta shows it then
 * @throws NumberMissingError, NumberGoneError, NumberClaimedError, NumberNotOursError, NumberVerifiedError, TooManyCodesError,
 * InvalidRequestError: Meta was not asked then
 * @throws CodeRefusedError when it is wrong, too old, or was used
 * @throws AnswerLostError when nobody knows whether Meta took it
 * @throws GraphError, StoreUnavailableError
 */
export function submitCode(deps: Omit<PoolDeps, 'sleep'>) {
  const { store, clock } = deps;
  const submitSpent = submitSpentCode(deps);
  return async (id: string, who: string, typed: string): Promise<PoolRecord> => {
    givenName(who);
    const code = given(typedCode, typed, ['code']);
    const number = await unclaimedNumber(deps, id);
    await refuseNeedless(deps, number);
    const leave = await spendNumberCall(store, {
      now: clock.now(),
      phoneNumber: number.phoneNumber,
      numberId: id,
      kind: 'verify_code',
      who,
    });
    if (!leave.allowed) throw new TooManyCodesError(leave.retryAt, leave);
    return submitSpent({ number, code, callId: leave.callId });
  };
}

/** A code lives 10 minutes (Meta, "Verify code"). Milliseconds. */
const lately = 15 * minute;

/** A verified number that no code was asked for has none to hand in: Meta would count the try as a wrong code. */
async function refuseNeedless(
  { store, clock, businessId }: Pick<PoolDeps, 'store' | 'clock' | 'businessId'>,
  number: PoolRecord,
): Promise<void> {
  const now = clock.now();
  const no = whyNoCode(number, now, businessId);
  if (no?.why !== 'verified') return;
  const [asked] = await store.listNumberCalls({
    phoneNumber: number.phoneNumber,
    kind: 'request_code',
    limit: 1,
  });
  const mayHaveOne = asked !== undefined && asked.outcome !== 'refused' && asked.at > now - lately;
  if (!mayHaveOne) throw new NumberVerifiedError(no.from);
}

/** A code whose call is in the ledger already. */
export interface SpentCode {
  /** The number as it was before. */
  number: PoolRecord;
  /** Digits. */
  code: string;
  /** What the call has to be ended with. */
  callId: string;
}

/**
 * Hands in a code for which the ledger has been written, once. Where Meta’s answer leaves it open, the number is read.
 *
 * @returns the number as Meta shows it then; as it was before, where only that reading failed
 * @throws CodeRefusedError, AnswerLostError, GraphError, StoreUnavailableError
 */
export function submitSpentCode(deps: Pick<PoolDeps, 'graph' | 'store' | 'clock' | 'logger'>) {
  const { graph, store, clock, logger } = deps;
  return async ({ number, code, callId }: SpentCode): Promise<PoolRecord> => {
    const { id } = number;
    try {
      await graph.submitCode({ id, code });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('verify_code', failed);
      const lost = mayBeDone(error);
      // Live, "wrong code" is also what Meta says of a number that has just been verified by the same text.
      const shown = lost || needsLook.has(error.kind) ? await tryToReadAndKeep(deps, id) : undefined;
      if (shown !== undefined && isVerifiedSince(number, shown, clock.now())) {
        await store.endNumberCall({ callId, outcome: 'done', reason: error.reason });
        return shown;
      }
      if (lost) {
        await store.endNumberCall({ callId, outcome: 'unsure', reason: error.reason });
        throw new AnswerLostError(
          'hand the code in',
          'Sync the pool; if the number is not verified, request a new code.',
          {
            cause: error,
          },
        );
      }
      await endRefused(store, { callId, error, holdsBack: true });
      throw error.kind === 'verify_code_failed' ? new CodeRefusedError({ cause: error }) : error;
    }
    await store.endNumberCall({ callId, outcome: 'done' });
    const shown = await tryToReadAndKeep(deps, id);
    if (shown === undefined) {
      logger.warn('a number was verified but cannot be read; the next sync brings it', { numberId: id });
    }
    return shown ?? number;
  };
}

const needsLook: ReadonlySet<GraphError['kind']> = new Set(['verify_code_failed', 'already_verified']);

/** Whether the verification that is shown now is newer than the one before. */
function isVerifiedSince(before: PoolRecord, shown: PoolRecord, now: number): boolean {
  const isVerified = (record: PoolRecord) => ['free', 'held'].includes(numberState(record, now));
  if (!isVerified(shown)) return false;
  return !isVerified(before) || (renewableFrom(shown) ?? 0) > (renewableFrom(before) ?? 0);
}
