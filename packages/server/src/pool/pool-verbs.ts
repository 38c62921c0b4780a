import { numberStates, type NumberState } from '../domain/number-lifecycle.ts';
import type { Page } from '../ports/page.ts';
import type { NumberCall, PoolSort } from '../ports/pool-store.ts';
import type { PoolRecord } from '../ports/records.ts';
import { addNumbers } from './add-numbers.ts';
import { advising } from './advised.ts';
import { deleteNumber } from './delete-number.ts';
import type { PoolDeps } from './deps.ts';
import { existingNumber } from './existing-number.ts';
import { listPartners } from './list-partners.ts';
import { lookOverPool } from './look-over-pool.ts';
import type { receiveText } from './receive-text.ts';
import type { requestCode } from './request-code.ts';
import { shareNumber } from './share-number.ts';
import { submitCode } from './submit-code.ts';
import type { SyncedPool } from './sync-pool.ts';
import { unshareNumber } from './unshare-number.ts';

/** What the verbs are made of, and those that background work needs as well. */
export interface PoolVerbsDeps extends PoolDeps {
  sync: () => Promise<SyncedPool>;
  requestCode: ReturnType<typeof requestCode>;
  receiveText: ReturnType<typeof receiveText>;
}

/** Asking for a page of the pool. */
export interface PoolQuery {
  /** Where a number stands, such as `free`, or Meta's word for the verification, such as `VERIFIED`. */
  status?: string | undefined;
  /** A telephone number or a part of it, Meta's id, or whoever holds or has it. */
  search?: string | undefined;
  /** @default 'id' */
  sort?: PoolSort | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Everything that operators and the host's code can have done with the pool. */
export type PoolVerbs = ReturnType<typeof poolVerbs>;

/** As many of a number's calls as anybody looks at. */
const mostCalls = 100;

/** Makes all of them at once. `who` is an operator's name, and goes into the ledger of calls. */
export function poolVerbs(deps: PoolVerbsDeps) {
  const { store, clock } = deps;
  const lookOver = lookOverPool(deps);
  return {
    /** Mirrors the pool as Meta lists it. @throws GraphError, StoreUnavailableError */
    sync: (): Promise<SyncedPool> => advising('list', deps.sync()),
    /** A page of the pool. @throws StoreUnavailableError */
    list({ status, ...query }: PoolQuery): Promise<Page<PoolRecord>> {
      const is = numberStates.find((state) => state === status);
      return store.listPool({
        ...query,
        ...(is === undefined ? { status } : { state: { is, now: clock.now() } }),
      });
    },
    /** How many numbers stand where. */
    count: async (): Promise<Record<NumberState, number>> => (await lookOver()).counts,
    lookOver,
    /** By Meta's id of the pre-verified object, gone and claimed ones included. @throws NumberMissingError */
    find: (id: string): Promise<PoolRecord> => existingNumber(store, id),
    /** What was asked of Meta about a number, the newest first. @throws NumberMissingError */
    async calls(id: string): Promise<NumberCall[]> {
      const { phoneNumber } = await existingNumber(store, id);
      return store.listNumberCalls({ phoneNumber, limit: mostCalls });
    },
    add: addNumbers(deps),
    requestCode: deps.requestCode,
    submitCode: submitCode(deps),
    receiveText: deps.receiveText,
    share: shareNumber(deps),
    unshare: unshareNumber(deps),
    partners: listPartners(deps),
    delete: deleteNumber(deps),
  };
}
