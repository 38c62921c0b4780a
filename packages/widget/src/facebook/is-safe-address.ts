/** Whether a script may come from here: https, or http on the visitor's own machine, where a simulator runs. */
export function isSafeAddress(address: string): boolean {
  return /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?\/)/.test(address);
}
