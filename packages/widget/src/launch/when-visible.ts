/** Runs it now, or when somebody looks at the page again: one that nobody sees neither asks nor holds numbers. */
export function whenVisible(signal: AbortSignal, run: () => void): void {
  if (document.visibilityState === 'hidden') {
    document.addEventListener('visibilitychange', () => whenVisible(signal, run), { once: true, signal });
  } else run();
}
