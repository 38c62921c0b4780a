import { InvalidArgumentError, Option } from 'commander';
import { numberStates } from '../../domain/number-lifecycle.ts';

const ours: ReadonlySet<string> = new Set(numberStates);
/** Meta may make more of them, so any word of its kind is one. */
const ofMeta = /^[A-Z][A-Z_]{0,59}$/;
const states = numberStates.join(', ');
const metas = 'VERIFIED, NOT_VERIFIED, EXPIRED';

/** Where numbers stand that are looked for. A word that is neither ours nor Meta’s would find nothing, and is refused. */
export const statusOption = (): Option =>
  new Option('--status <word>', `where the number stands (${states}), or Meta’s word (${metas})`).argParser(
    (word: string) => {
      if (ours.has(word) || ofMeta.test(word)) return word;
      throw new InvalidArgumentError(`It must be one of ${states}, or Meta’s word: ${metas}.`);
    },
  );
