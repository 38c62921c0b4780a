import type * as createSignup from './launch/create-signup.ts';

/** What runs the signup. */
export type Engine = typeof createSignup;

let engine: Promise<Engine> | undefined;

/**
 * Loads what runs the signup, once for the page, and hands it to `use`; nothing, when that or the rest of the view cannot
 * be had: then nothing is begun that could not be shown to its end. It is a file of its own, so that the element can be seen
 * while the rest is on its way. A failed load is forgotten: some browsers then try again.
 */
export async function loadEngine(use: (engine?: Engine) => void): Promise<void> {
  engine ??= Promise.all([import('./launch/create-signup.ts'), import('./view/extra.ts')]).then(
    ([loaded]) => loaded,
  );
  await engine.then(use, () => {
    engine = undefined;
    use();
  });
}
