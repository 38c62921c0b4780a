/**
 * Has `changed` called whenever the page sets one of these properties. A value that the page has set before the tag was
 * registered is kept.
 */
export function makeReactive<Host extends object>(
  host: Host,
  names: readonly (keyof Host)[],
  changed: () => void,
): void {
  for (const name of names) {
    let value = host[name];
    Object.defineProperty(host, name, {
      get: () => value,
      set: (given: Host[keyof Host]) => {
        value = given;
        changed();
      },
    });
  }
}
