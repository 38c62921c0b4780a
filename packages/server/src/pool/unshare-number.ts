import { givenName } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import { advised } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { ownNumber } from './existing-number.ts';
import { givenPartner, isSharedWith } from './list-partners.ts';
import { mayBeDone } from '../ports/may-be-done.ts';
import { AnswerLostError } from './pool-errors.ts';

/**
 * Ends the sharing of a number: the partner can no longer offer it. What is not shared is left as it is.
 *
 * @throws NumberMissingError, NumberGoneError, NumberNotOursError, InvalidRequestError: Meta was not asked then
 * @throws AnswerLostError when nobody knows whether it is still shared
 * @throws GraphError, StoreUnavailableError
 */
export function unshareNumber(deps: Pick<PoolDeps, 'graph' | 'store' | 'businessId' | 'logger'>) {
  const { graph, logger } = deps;
  return async (id: string, who: string, partnerBusinessId: string): Promise<void> => {
    givenName(who);
    const partner = givenPartner(partnerBusinessId);
    await ownNumber(deps, id);
    try {
      await graph.unsharePoolNumber({ id, partnerBusinessId: partner });
    } catch (failed) {
      if (!(failed instanceof GraphError)) throw failed;
      const error = advised('unshare', failed);
      if ((await isSharedWith(graph, id, partner)) !== false) {
        if (mayBeDone(error)) {
          throw new AnswerLostError('stop sharing the number', 'List its partners and look.', {
            cause: error,
          });
        }
        throw error;
      }
    }
    logger.info('a number is no longer shared', { numberId: id, partnerBusinessId: partner, who });
  };
}
