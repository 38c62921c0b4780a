/**
 * Whether this page's own Cross-Origin-Opener-Policy cuts it off from windows of other origins: then neither message
 * nor code can arrive, and the window looks closed at once. The page's header cannot be read but by asking for it again.
 */
export async function cutsOpener(): Promise<boolean> {
  // In a frame, the policy of the page around it counts, which nobody may read.
  if (window.top !== window) return false;
  const answer = await fetch(location.href, { method: 'HEAD' }).catch(() => undefined);
  const policy = answer?.headers.get('cross-origin-opener-policy') ?? '';
  return /^\s*same-origin\s*(;|$)/.test(policy);
}
