/**
 * Whether this is the browser inside of another app. Popups are not to be had there: the Facebook SDK leaves the page for
 * Meta's instead. The words are those that the apps put into their user agents; Apple's web views only lack `Safari`.
 */
export function isInAppBrowser(userAgent: string): boolean {
  return (
    /FBA[NV]|Instagram|; wv\)|\bLine\/|MicroMessenger|Snapchat|TikTok|BytedanceWebview|LinkedInApp/.test(
      userAgent,
    ) || /(iPhone|iPad|Macintosh).*AppleWebKit(?!.*Safari)/.test(userAgent)
  );
}
