import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];
type Answer<Method extends keyof NumbersStore> = ReturnType<NumbersStore[Method]>;

export function findIdentity(_deps: QueryDeps, _input: Input<'findIdentity'>): Answer<'findIdentity'> {
  throw new Error('not built yet');
}
