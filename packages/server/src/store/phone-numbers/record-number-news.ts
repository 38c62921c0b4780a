import type { Transaction } from 'kysely';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

type Input<Method extends keyof NumbersStore> = Parameters<NumbersStore[Method]>[0];
type Answer<Method extends keyof NumbersStore> = ReturnType<NumbersStore[Method]>;

export function recordNumberNews(
  _trx: Transaction<Tables>,
  _deps: QueryDeps,
  _input: Input<'recordNumberNews'>,
): Answer<'recordNumberNews'> {
  throw new Error('not built yet');
}
