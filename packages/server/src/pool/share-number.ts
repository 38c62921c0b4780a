import { isOfferable } from '../domain/pool-number.ts';
import { givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { unclaimedNumber } from './existing-number.ts';
import { givenPartner, isSharedWith } from './list-partners.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import { AnswerLostError, NumberNotVerifiedError } from './pool-errors.ts';

/**
 * Has another business of the same Multi-Partner Solution offer the number too. Ownership stays. Meta does not tell the partner:
 * give them the id of the number. Sharing twice is sharing once.
 *
 * @throws NumberMissingError, NumberGoneError, NumberClaimedError, NumberNotOursError, NumberNotVerifiedError, InvalidRequestError:
 * Meta was not asked then
 * @throws AnswerLostError when nobody knows whether it is shared
 * @throws GraphError, StoreUnavailableError
 */
export function shareNumber(deps: Pick<PoolDeps, 'graph' | 'store' | 'clock' | 'businessId' | 'logger'>) {
  const { graph, clock, logger } = deps;
  return async (id: string, who: string, partnerBusinessId: string): Promise<void> => {
    givenName(who);
    const partner = givenPartner(partnerBusinessId);
    const number = await unclaimedNumber(deps, id);
    if (!isOfferable(number, clock.now())) throw new NumberNotVerifiedError();
    try {
      await graph.sharePoolNumber({ id, partnerBusinessId: partner });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('share', failed);
      // Meta refuses what is shared already, in words of its own.
      if ((await isSharedWith(graph, id, partner)) !== true) {
        if (mayBeDone(error))
          throw new AnswerLostError('share the number', 'List its partners and look.', { cause: error });
        throw error;
      }
    }
    logger.info('a number was shared', { numberId: id, partnerBusinessId: partner, who });
  };
}
