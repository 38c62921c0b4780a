import { englishExtra } from '../labels/english-extra.ts';
import type { Say } from '../labels/labels-for.ts';

// The pieces that are not needed before a session is there: they come as a file of their own, so that the first one is small.
export { coach } from './coach.ts';
export { picker } from './picker.ts';
export { steps, stepsDone } from './steps.ts';
export { verification } from './verification.ts';

/** Says a text of theirs as the element does; in English, which the element itself has not got, where it has none. */
export function alsoEnglish(say: Say): Say {
  const english = new Map<string | undefined, string>(Object.entries(englishExtra));
  return (...names) => say(...names) || (names.map((name) => english.get(name)).find(Boolean) ?? '');
}
