import type * as Engine from './launch/create-signup.ts';

let engine: Promise<typeof Engine> | undefined;

/**
 * Loads what runs the signup, once for the page. It is a file of its own, so that the element can be seen while the rest
 * is on its way. A failed load is forgotten: some browsers then try again.
 */
export function loadEngine(): Promise<typeof Engine> {
  engine ??= import('./launch/create-signup.ts').catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}
