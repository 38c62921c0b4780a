/** A value that may have properties, and is no array. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * An own data property, or `undefined`. Nothing is inherited and no getter runs: what arrives by `postMessage`
 * is somebody else's.
 */
export function ownValue(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value;
}
