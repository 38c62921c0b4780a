import type { RequestHandler } from 'express';

/** Where the popup comes from, as the kit is told in `options.meta`. */
export interface MetaAddresses {
  /** @default 'https://connect.facebook.net/en_US/sdk.js' */
  readonly sdkUrl?: string;
  /** Exact origins of the popup. @default Meta's two */
  readonly dialogOrigins?: readonly string[];
}

/** Sets the headers that keep the site's pages its own. */
export function securityHeaders(meta: MetaAddresses): RequestHandler {
  const policy = contentSecurityPolicy(meta);
  return (req, res, next) => {
    res.set({
      'Content-Security-Policy': policy,
      // Plain `same-origin` would cut the popup's link to this page: no message and no code would ever arrive.
      'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    if (req.secure) res.set('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}

/**
 * Nothing inline, nothing from elsewhere but the SDK. Meta publishes no list of what its SDK reaches for; the one
 * below is what public sites with Embedded Signup allow. The styles that the SDK adds are for its own buttons and
 * dialogs in the page, which a popup does without.
 */
function contentSecurityPolicy({
  sdkUrl = 'https://connect.facebook.net/en_US/sdk.js',
  dialogOrigins = ['https://www.facebook.com', 'https://web.facebook.com'],
}: MetaAddresses): string {
  const isMeta = sdkUrl.startsWith('https://connect.facebook.net/');
  const only = (...sources: string[]) => sources.join(' ');
  const ofMeta = (...sources: string[]) => (isMeta ? sources : []);
  const directives = {
    'default-src': only("'none'"),
    'script-src': only("'self'", new URL(sdkUrl).origin),
    'style-src': only("'self'"),
    'img-src': only("'self'", ...ofMeta('https://*.facebook.com', 'https://*.fbcdn.net')),
    'connect-src': only("'self'", ...ofMeta('https://graph.facebook.com', ...dialogOrigins)),
    'frame-src': only(...dialogOrigins, ...ofMeta('https://staticxx.facebook.com')),
    'form-action': only("'self'"),
    'base-uri': only("'none'"),
    'frame-ancestors': only("'none'"),
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
