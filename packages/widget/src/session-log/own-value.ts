/**
 * An own data property, or `undefined`, also of what cannot have one. Nothing is inherited and no getter runs: what
 * arrives by `postMessage` is somebody else's.
 */
export function ownValue(holder: unknown, key: string): unknown {
  return Object.getOwnPropertyDescriptor(Object(holder), key)?.value;
}
