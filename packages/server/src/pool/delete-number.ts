import { minute } from '../domain/durations.ts';
import { givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { ownNumber } from './existing-number.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import {
  AnswerLostError,
  NumberBeingDeletedError,
  NumberClaimedError,
  NumberGoneError,
  NumberHeldError,
  NumberMissingError,
} from './pool-errors.ts';

/** How a number is deleted. */
export interface DeleteOptions {
  /** Also when it is set aside for a customer, or claimed. @default false */
  force?: boolean | undefined;
}

/** Far longer than the call takes: when the process is killed in it, the next sync tells what came of it. */
const setAsideFor = 10 * minute;

/**
 * Takes a number out of the pool for good. It is set aside for nobody first, so that no customer is given it meanwhile; when
 * Meta refuses, it is given back to whoever had it.
 *
 * @throws NumberMissingError, NumberNotOursError, NumberGoneError; NumberHeldError, NumberClaimedError unless forced;
 * NumberBeingDeletedError, also when forced
 * @throws AnswerLostError when nobody knows whether Meta did it: the number stays set aside for some minutes then, whatever
 * comes of the next try, which may be made at once
 * @throws GraphError, StoreUnavailableError
 */
export function deleteNumber(deps: Pick<PoolDeps, 'graph' | 'store' | 'clock' | 'logger' | 'businessId'>) {
  const { graph, store, clock, logger } = deps;

  /** What tells this deletion from others. */
  const setAside = async (id: string, force: boolean): Promise<{ id: string; until: number }> => {
    const now = clock.now();
    const said = await store.withholdNumber({ id, now, until: now + setAsideFor, force });
    if (said.withheld) return { id, until: said.until };
    switch (said.why) {
      case 'held':
        throw new NumberHeldError(said.until);
      case 'being_deleted':
        throw new NumberBeingDeletedError(said.until);
      case 'claimed':
        throw new NumberClaimedError();
      case 'missing':
        throw new NumberMissingError();
    }
  };

  /** Whether the number is gone, or nobody knows. */
  const isGone = async (id: string): Promise<boolean> => {
    try {
      await graph.readPoolNumber(id);
      return false;
    } catch (error) {
      if (error instanceof GraphError) return error.kind === 'not_found';
      throw error;
    }
  };

  return async (id: string, who: string, { force = false }: DeleteOptions = {}): Promise<void> => {
    givenName(who);
    await ownNumber(deps, id);
    const deletion = await setAside(id, force);
    try {
      await graph.deletePoolNumber(id);
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('delete', failed);
      if (error.kind === 'not_found') {
        await store.markNumberGone({ id, now: clock.now() });
        throw new NumberGoneError();
      }
      if (!mayBeDone(error)) {
        await store.releaseNumber({ ...deletion, now: clock.now() });
        throw error;
      }
      // Where it is still shown, Meta may yet be at it: it is offered again when the time it is set aside for is over.
      if (!(await isGone(id))) {
        await store.doubtNumber(deletion);
        throw new AnswerLostError('delete the number', 'Delete it again, or sync the pool and look.', {
          cause: error,
        });
      }
    }
    await store.markNumberGone({ id, now: clock.now() });
    logger.info('a number was deleted', { numberId: id, who, force });
  };
}
