import type { WidgetStatus } from '../status.ts';

/** Keeps the custom states of an element (`:state(ready)` …) the same as its status. */
export function createStateMirror(element: HTMLElement): (status: WidgetStatus) => void {
  // Older browsers have no custom states, or want names with dashes: they lose a styling hook, nothing else.
  const states: Set<string> | undefined = element.attachInternals?.().states;
  return (status) => {
    try {
      states?.clear();
      states?.add(status);
    } catch {
      // See above.
    }
  };
}
