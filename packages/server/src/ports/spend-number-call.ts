import { numberCallBudgets } from '../domain/number-call-budgets.ts';
import type { NumberCallLeave, PoolStore } from './pool-store.ts';

/**
 * Writes a call into the ledger before it is made, if it may be made.
 *
 * @param input.apart another distance to the call before than the usual one, milliseconds
 * @throws StoreUnavailableError
 */
export function spendNumberCall(
  store: Pick<PoolStore, 'spendNumberCall'>,
  {
    apart,
    ...call
  }: Omit<Parameters<PoolStore['spendNumberCall']>[0], 'budget'> & { apart?: number | undefined },
): Promise<NumberCallLeave> {
  const budget = numberCallBudgets[call.kind];
  return store.spendNumberCall({ ...call, budget: apart === undefined ? budget : { ...budget, apart } });
}
