export { storeContract, type StoreContractCase } from './store-contract.ts';
export type { Claim, ClaimHistoryEntry, PoolRecord, WorkLease } from '../ports/records.ts';
export type { Store } from '../ports/store.ts';
