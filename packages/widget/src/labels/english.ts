import { englishExtra } from './english-extra.ts';
import { englishShell } from './english-shell.ts';

/** Every text of the element. `{number}` is replaced by the number that is held or claimed. */
export const english = { ...englishShell, ...englishExtra };
