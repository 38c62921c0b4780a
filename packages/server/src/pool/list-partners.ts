import { metaId } from '@embedded-signup-kit/protocol/schemas';
import { given } from '../ports/given.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Graph } from '../ports/graph.ts';
import { advising } from './advised.ts';
import type { PoolDeps } from './deps.ts';
import { ownNumber } from './existing-number.ts';

/** A business that a number is shared with. */
export interface Partner {
  /** Meta's id of its portfolio. Digits. */
  businessId: string;
  name?: string;
}

/**
 * Lists the businesses that a number is shared with, as Meta knows them now.
 *
 * @throws NumberMissingError, NumberGoneError, NumberNotOursError, GraphError, StoreUnavailableError
 */
export function listPartners(deps: Pick<PoolDeps, 'graph' | 'store' | 'businessId'>) {
  return async (id: string): Promise<Partner[]> => {
    await ownNumber(deps, id);
    return advising('partners', partnersOf(deps.graph, id));
  };
}

async function partnersOf(graph: Pick<Graph, 'listPoolPartners'>, id: string): Promise<Partner[]> {
  const partners: Partner[] = [];
  for await (const { businessId, name } of graph.listPoolPartners(id)) {
    partners.push({ businessId, ...(name === undefined ? {} : { name }) });
  }
  return partners;
}

/** Whether Meta lists this partner; `undefined` when it does not say. */
export async function isSharedWith(
  graph: Pick<Graph, 'listPoolPartners'>,
  id: string,
  partnerBusinessId: string,
): Promise<boolean | undefined> {
  try {
    return (await partnersOf(graph, id)).some(({ businessId }) => businessId === partnerBusinessId);
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/** Meta's id of a partner's portfolio. @throws InvalidRequestError */
export const givenPartner = (businessId: string): string => given(metaId, businessId, ['partnerBusinessId']);
