import { locale } from '@embedded-signup-kit/protocol/schemas';
import { z } from 'zod';
import { whyNoCode } from '../domain/number-lifecycle.ts';
import { exactly, given, givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { PoolRecord } from '../ports/records.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { endRefused } from '../ports/end-number-call.ts';
import { existingNumber } from './existing-number.ts';
import { tryToReadAndKeep } from './keep-as-shown.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import {
  AnswerLostError,
  NumberClaimedError,
  NumberGoneError,
  NumberNotOursError,
  NumberVerifiedError,
  TooManyCodesError,
} from './pool-errors.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';
import { closedToCodesUntil } from '../ports/too-many-codes.ts';

/** How a one-time code is to reach the number. */
export interface CodeRequest {
  method: 'SMS' | 'VOICE';
  /** Such as `en_US`; Meta takes `en_US` for a language that it does not have. @default option `pool.codeLanguage` */
  language?: string | undefined;
}

/** Well-formed requests, for routes as well. */
export const codeRequest = exactly({
  method: z.enum(['SMS', 'VOICE'], 'must be SMS or VOICE'),
  language: locale.optional(),
});

/** Makes the verb. `codeLanguage`: where the request names none. */
export type RequestCodeDeps = Omit<PoolDeps, 'sleep'> & { codeLanguage: string };

/**
 * Has Meta send a one-time code to a number. The call is on disk before it is made, and never made again by itself; what Meta
 * said of later ones holds on every node. A number that is set aside for a customer can be verified anew as well: they notice
 * nothing of it.
 *
 * @throws NumberMissingError, NumberGoneError, NumberClaimedError, NumberNotOursError; NumberVerifiedError that says from when on
 * it can be verified anew; TooManyCodesError; InvalidRequestError: Meta was not asked then
 * @throws AnswerLostError when nobody knows whether the code is on its way
 * @throws GraphError, StoreUnavailableError
 */
export function requestCode(deps: RequestCodeDeps) {
  const { graph, store, clock } = deps;
  return async (id: string, who: string, request: CodeRequest): Promise<PoolRecord> => {
    givenName(who);
    const { method, language = deps.codeLanguage } = given(codeRequest, request);
    const record = await existingNumber(store, id);
    refuse(deps, record);
    const { phoneNumber } = record;
    const leave = await spendNumberCall(store, {
      now: clock.now(),
      phoneNumber,
      numberId: id,
      kind: 'request_code',
      who,
      method,
    });
    if (!leave.allowed) throw new TooManyCodesError(leave.retryAt, leave);
    const { callId } = leave;
    try {
      await graph.requestCode({ id, method, language });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('request_code', failed);
      if (mayBeDone(error)) {
        await store.endNumberCall({ callId, outcome: 'unsure', reason: error.reason });
        throw new AnswerLostError('request a code', waitForIt, { cause: error });
      }
      await endRefused(store, { callId, error, holdsBack: true });
      await throwRefusal(deps, record, error);
    }
    await store.endNumberCall({ callId, outcome: 'done' });
    return existingNumber(store, id);
  };
}

const waitForIt =
  'Wait for the text or the call: if it comes, hand its code in. If it does not come within ten minutes, ask for another.';

/** @throws what the mirror knows to be in the way */
function refuse({ clock, businessId }: RequestCodeDeps, record: PoolRecord): void {
  const no = whyNoCode(record, clock.now(), businessId);
  if (no === undefined) return;
  switch (no.why) {
    case 'claimed':
      throw new NumberClaimedError();
    case 'gone':
      throw new NumberGoneError();
    case 'not_ours':
      throw new NumberNotOursError(no.ownerBusinessId);
    case 'verified':
      throw new NumberVerifiedError(no.from);
  }
}

/** What Meta meant by its refusal: of a verified number it says little more than that it failed. */
async function throwRefusal(deps: RequestCodeDeps, record: PoolRecord, error: GraphError): Promise<never> {
  const { kind } = error;
  if (kind === 'already_verified' || kind === 'request_code_failed') {
    const shown = await tryToReadAndKeep(deps, record.id);
    if (shown !== undefined) refuse(deps, shown);
  }
  const closedUntil = closedToCodesUntil(error);
  if (closedUntil !== undefined) throw new TooManyCodesError(closedUntil, { why: 'closed', cause: error });
  throw error;
}
