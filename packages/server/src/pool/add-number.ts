import { minute, second } from '../domain/durations.ts';
import type { PoolNumber } from '../domain/pool-number.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Graph } from '../ports/graph.ts';
import { saidByMeta } from '../ports/said-by-meta.ts';
import type { Store } from '../ports/store.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { endRefused } from '../ports/end-number-call.ts';
import { keepAsShown, readAndKeep } from './keep-as-shown.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import { AnswerLostError } from './pool-errors.ts';
import { numberCallBudgets } from '../domain/number-call-budgets.ts';
import { spendNumberCall } from '../ports/spend-number-call.ts';

/** What became of one number. */
export interface AddOutcome {
  /** Meta's id of the pre-verified object. Digits. */
  id?: string;
  outcome: 'added' | 'known' | 'refused' | 'unsure' | 'stopped';
  reason?: {
    /** A stable word, such as `graph:100` or `answer_lost`. */
    code: string;
    /** A sentence that says what to do. */
    message: string;
  };
  /** When it may be tried again, where that is known. Milliseconds UTC. */
  retryAt?: number;
  /** What is in the way is not about this number: others would end the same. */
  concernsAll?: true;
}

/** What adding is made of. */
export interface AddNumberDeps extends Omit<PoolDeps, 'businessId' | 'graph' | 'store'> {
  graph: Pick<Graph, 'createPoolNumber' | 'findPoolNumber' | 'readPoolNumber'>;
  store: Pick<
    Store,
    'findNumberByPhone' | 'listNumberCalls' | 'spendNumberCall' | 'endNumberCall' | 'keepNumber'
  >;
}

/** A call as it stands in the ledger. */
interface AddCall {
  callId: string;
  madeAt: number;
}

/** Looks at a number that somebody else is adding at this moment: as long as their call can take. */
const mostLooks = 30;
const betweenLooks = second / 2;

/** How long after a call of which nobody knows Meta may still carry it out. Until then there is no other. Milliseconds. */
const settles = 2 * minute;

/**
 * Adds one number, in E.164, to the pool. Each call is on disk before it is made. It is never made a second time before Meta's
 * list was looked at, also when the process was killed in the first.
 *
 * @throws StoreUnavailableError
 */
export function addNumber(deps: AddNumberDeps) {
  const { graph, store, clock, logger, sleep } = deps;

  const known = async (number: Omit<PoolNumber, 'country'>, outcome: 'known' | 'added') => {
    await keepAsShown(deps, number);
    return { outcome, id: number.id };
  };

  const make = async (phoneNumber: string, { callId, madeAt }: AddCall): Promise<AddOutcome> => {
    let id: string;
    try {
      ({ id } = await graph.createPoolNumber(phoneNumber));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return afterFailure(phoneNumber, { callId, madeAt }, error);
    }
    await store.endNumberCall({ callId, outcome: 'done' });
    try {
      await readAndKeep(deps, id);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      logger.warn('a number was added but cannot be read; the next sync brings it', {
        numberId: id,
        reason: error.reason,
      });
    }
    return { outcome: 'added', id };
  };

  const afterFailure = async (
    phoneNumber: string,
    { callId, madeAt }: AddCall,
    failed: GraphError,
  ): Promise<AddOutcome> => {
    const error = advised('add', failed);
    if (mayBeDone(error)) {
      const found = await lookQuietly(phoneNumber);
      await store.endNumberCall({
        callId,
        outcome: found === undefined ? 'unsure' : 'done',
        reason: error.reason,
      });
      return found === undefined ? unsure(error, madeAt + settles) : known(found, 'added');
    }
    await endRefused(store, { callId, error, holdsBack: false });
    if (error.facts.sent === false || error.kind === 'throttled' || error.kind === 'auth') {
      return { outcome: 'stopped', concernsAll: true, ...because(error) };
    }
    if (error.kind === 'permission') return { outcome: 'refused', concernsAll: true, ...because(error) };
    // Taken, perhaps by us: by another node just now, or before the mirror was made.
    const found = await lookQuietly(phoneNumber);
    return found === undefined ? { outcome: 'refused', ...because(error) } : known(found, 'known');
  };

  const lookQuietly = async (phoneNumber: string) => {
    try {
      return await graph.findPoolNumber(phoneNumber);
    } catch (error) {
      if (error instanceof GraphError) return undefined;
      throw error;
    }
  };

  /** What is known without a call that costs; `waitUntil`: somebody else is adding it, and may be until then. */
  const look = async (
    phoneNumber: string,
  ): Promise<AddOutcome | { waitUntil: number } | { lastAt: number | undefined }> => {
    const listed = await store.findNumberByPhone(phoneNumber);
    if (listed !== undefined && listed.goneAt === undefined) return { outcome: 'known', id: listed.id };
    const [last] = await store.listNumberCalls({ phoneNumber, kind: 'add', limit: 1 });
    // One of a clock that was ahead is put right by the next that is to be written: then it is looked at again.
    if (last === undefined || last.at > clock.now()) return { lastAt: undefined };
    if (last.outcome === 'refused') return { lastAt: last.at };
    const settled = last.at + settles;
    if (last.outcome === undefined && clock.now() < last.at + numberCallBudgets.add.apart) {
      return { waitUntil: settled };
    }
    try {
      const found = await graph.findPoolNumber(phoneNumber);
      if (found !== undefined) return await known(found, 'known');
      return last.outcome === 'done' || clock.now() >= settled ? { lastAt: last.at } : beingAdded(settled);
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('list', failed);
      const concernsAll = error.facts.sent === false || error.kind === 'throttled';
      return { outcome: 'unsure', ...(concernsAll ? { concernsAll } : {}), ...because(error) };
    }
  };

  return async (phoneNumber: string, who: string): Promise<AddOutcome> => {
    let until = clock.now() + settles;
    for (let looks = 1; looks <= mostLooks; looks += 1) {
      const seen = await look(phoneNumber);
      if ('outcome' in seen) return seen;
      if ('waitUntil' in seen) until = seen.waitUntil;
      else {
        const now = clock.now();
        const leave = await spendNumberCall(store, {
          now,
          phoneNumber,
          numberId: undefined,
          kind: 'add',
          who,
          // None but the one that was just looked at: a newer one is somebody else's, and is looked at first.
          apart: seen.lastAt === undefined ? undefined : now - seen.lastAt,
        });
        if (leave.allowed) return make(phoneNumber, { callId: leave.callId, madeAt: now });
        if (leave.why !== 'too_soon') return tooOften(leave.retryAt);
      }
      await sleep(betweenLooks);
    }
    return beingAdded(until);
  };
}

const because = (error: GraphError): Pick<AddOutcome, 'reason' | 'retryAt'> => ({
  reason: { code: error.reason, message: saidByMeta(error) },
  ...(error.retryAt === undefined ? {} : { retryAt: error.retryAt }),
});

const unsure = (error: GraphError, retryAt: number): AddOutcome => {
  const { code, message } = new AnswerLostError(
    'add the number',
    'Add it again in two minutes: Meta’s list is looked at first.',
    {
      cause: error,
    },
  );
  return { outcome: 'unsure', reason: { code, message }, retryAt };
};

const tooOften = (retryAt: number): AddOutcome => ({
  outcome: 'stopped',
  reason: {
    code: 'too_many_tries',
    message: `It was tried many times today, and Meta refused each time. Look at why, and try again from ${new Date(retryAt).toISOString()} on.`,
  },
  retryAt,
});

const beingAdded = (retryAt: number): AddOutcome => ({
  outcome: 'stopped',
  reason: {
    code: 'being_added',
    message:
      'Another server is adding it at this moment, or tried to, and nobody knows what came of it. Add it again in two minutes.',
  },
  retryAt,
});
