import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];
type Answer<Method extends keyof NumbersStore> = ReturnType<NumbersStore[Method]>;

export function listClaimsOfAccount(
  _deps: QueryDeps,
  _input: Input<'listClaimsOfAccount'>,
): Answer<'listClaimsOfAccount'> {
  throw new Error('not built yet');
}

export function findAccountCap(_deps: QueryDeps, _input: Input<'findAccountCap'>): Answer<'findAccountCap'> {
  throw new Error('not built yet');
}
