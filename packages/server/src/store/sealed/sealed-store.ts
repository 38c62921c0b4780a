import type { SealedStore } from '../../ports/sealed-store.ts';
import type { QueryDeps } from '../scope.ts';
import { countSealed, listSealed } from './list-sealed.ts';
import { replaceSealed } from './replace-sealed.ts';

/** The part of the store that knows where sealed texts are. */
export function sealedStore(deps: QueryDeps): SealedStore {
  const { engine } = deps;
  return {
    countSealed: () => engine.reading(() => countSealed(deps)),
    listSealed: (input) => engine.reading(() => listSealed(deps, input)),
    replaceSealed: (replacements) => engine.write((trx) => replaceSealed(trx, deps, replacements)),
  };
}
