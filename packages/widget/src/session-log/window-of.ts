/** The window that a message comes from, also when one of its frames has sent it; `null` for one that is closed by now. */
export function windowOf(source: MessageEventSource | null): unknown {
  return source && 'top' in source ? source.top : source;
}
