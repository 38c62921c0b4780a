/** Makes `:state(name)` match, and no other. Older browsers have no custom states, or want names with dashes: they lose a styling hook, nothing else. */
export function setCustomState(states: Set<string> | undefined, name: string): void {
  try {
    states?.clear();
    states?.add(name);
  } catch {
    // See above.
  }
}
