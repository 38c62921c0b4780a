import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];
type Answer<Method extends keyof NumbersStore> = ReturnType<NumbersStore[Method]>;

export function findPhoneNumber(
  _deps: QueryDeps,
  _input: Input<'findPhoneNumber'>,
): Answer<'findPhoneNumber'> {
  throw new Error('not built yet');
}

export function listPhoneNumberChanges(
  _deps: QueryDeps,
  _input: Input<'listPhoneNumberChanges'>,
): Answer<'listPhoneNumberChanges'> {
  throw new Error('not built yet');
}
