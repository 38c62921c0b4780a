import type { GraphError } from './graph-error.ts';

/** What went wrong and what to do, in the kit's words, and then what Meta itself says to people, where it does. */
export function saidByMeta(error: GraphError): string {
  const { userTitle, userMessage } = error.facts;
  const words = [userTitle, userMessage].filter((text) => text !== undefined && text !== '').join(': ');
  return words === '' ? error.message : `${error.message} Meta says: “${words}”`;
}
