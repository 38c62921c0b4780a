import { second } from '../../domain/durations.ts';
import { ProbeError, type ProbeAnswer } from '../../ports/preflight.ts';
import { checkOf, finding, type Finding } from '../check.ts';
import { isCertificateTrouble } from '../is-certificate-trouble.ts';
import { judgePolicy } from '../judge-policy.ts';
import { isLoopback } from '../private-host.ts';

/** Milliseconds. */
const patience = 6 * second;

/** The page with the button lets Meta's window open, and speak. */
export const checkPage = checkOf('page', [], async ({ page, allowedOrigins, unusable, options, probe }) => {
  const list = typeof allowedOrigins === 'function' || unusable.has('allowedOrigins') ? [] : allowedOrigins;
  const address = page ?? list?.[0];
  if (address === undefined) {
    return {
      seen: '',
      findings: [
        finding(
          'page_unknown',
          'not known',
          'Name the page with the button by --page, such as --page https://bsp.example/join.',
        ),
      ],
    };
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    return {
      seen: '',
      findings: [
        finding(
          'page_not_https',
          'no https address',
          `Serve ${url.host} by https: Facebook’s SDK does nothing on other pages.`,
        ),
      ],
    };
  }
  try {
    const answer = await probe({
      url: url.href,
      method: 'GET',
      headers: { accept: 'text/html' },
      timeoutMs: patience,
    });
    const { sdkUrl } = options.meta;
    return {
      seen: `${url.host} lets Meta’s window speak`,
      findings: [...ofStatus(answer), ...ofOpener(answer), ...judgePolicy(answer, { page: url, sdkUrl })],
    };
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    const todo = isCertificateTrouble(error.message)
      ? `Give ${url.host} a valid certificate, with its whole chain.`
      : `Start the server of ${url.origin}, or name the page with the button by --page.`;
    return { seen: '', findings: [finding('page_unreachable', `does not answer (${error.message})`, todo)] };
  }
});

function ofStatus({ status }: ProbeAnswer): Finding[] {
  if (status >= 200 && status < 300) return [];
  const what = status >= 300 && status < 400 ? 'a redirect' : 'an error';
  return [
    finding(
      'page_not_shown',
      `answers with ${what} (${status})`,
      'Name the page with the button itself by --page, one that answers without a log-in: what was looked at are the headers of another answer.',
    ),
  ];
}

/** With these values the browser puts the page and the windows it opens apart. A list is no value, and does nothing. */
const severing: ReadonlySet<string> = new Set(['same-origin', 'same-origin-plus-coep']);

function ofOpener({ headers }: ProbeAnswer): Finding[] {
  const value = headers['cross-origin-opener-policy']?.split(';')[0]?.trim() ?? '';
  if (!severing.has(value)) return [];
  return [
    finding(
      'page_coop',
      `Cross-Origin-Opener-Policy: ${value}`,
      'Answer that page with “Cross-Origin-Opener-Policy: same-origin-allow-popups”, or with unsafe-none: as it is, neither message nor code of Meta’s window arrives. It is the default of Helmet: app.use(helmet({ crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" } })).',
    ),
  ];
}
