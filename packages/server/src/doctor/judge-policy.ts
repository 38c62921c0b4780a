import type { ProbeAnswer } from '../ports/preflight.ts';
import { finding, type Finding } from './check.ts';
import { allows, effectiveSources, readPolicies, type Policy } from './content-policy.ts';

/** Where the SDK's frames and calls go, as running sites allow it: Meta publishes no list. */
const frames = ['https://www.facebook.com', 'https://web.facebook.com'];
const calls = ['https://www.facebook.com', 'https://graph.facebook.com'];

/** The policies of the widget's templates and of its loader. */
const trustedTypes = ['lit-html', 'embedded-signup'];

/** Looks whether the page's Content Security Policies, in headers and in the page, let the SDK do its work. */
export function judgePolicy({ headers, body }: ProbeAnswer, at: { page: URL; sdkUrl: string }): Finding[] {
  const found = readPolicies(headers['content-security-policy'], body).flatMap((policy) =>
    ofPolicy(policy, at),
  );
  // Each policy counts, and two may say the same.
  return [...new Map(found.map((one) => [one.summary, one])).values()];
}

function ofPolicy(policy: Policy, { page, sdkUrl }: { page: URL; sdkUrl: string }): Finding[] {
  const blocked = (directive: string, addresses: readonly string[]): Finding[] => {
    const sources = effectiveSources(policy, directive);
    const missing = addresses.filter((address) => !allows(sources, address, page));
    if (missing.length === 0) return [];
    return [
      finding(
        'page_csp',
        `${directive} blocks ${missing.join(' and ')}`,
        `Add ${missing.join(' ')} to ${directive} in the Content-Security-Policy of that page.`,
      ),
    ];
  };
  return [
    ...blocked('script-src', [new URL(sdkUrl).origin]),
    ...blocked('connect-src', calls),
    ...blocked('frame-src', frames),
    ...ofSandbox(policy),
    ...ofTrustedTypes(policy),
  ];
}

function ofSandbox(policy: Policy): Finding[] {
  const allowed = policy.get('sandbox');
  const missing = ['allow-scripts', 'allow-same-origin', 'allow-popups'].filter(
    (one) => allowed !== undefined && !allowed.includes(one),
  );
  if (missing.length === 0) return [];
  return [
    finding(
      'page_sandbox',
      `sandbox without ${missing.join(', ')}`,
      `Add ${missing.join(' ')} to sandbox in the Content-Security-Policy of that page, or take sandbox out.`,
    ),
  ];
}

function ofTrustedTypes(policy: Policy): Finding[] {
  const required = policy.get('require-trusted-types-for')?.includes("'script'") === true;
  const named = policy.get('trusted-types');
  // Without a list of names, every policy may be made.
  if (!required || named === undefined || named.includes('*')) return [];
  const missing = trustedTypes.filter((name) => !named.includes(name));
  if (missing.length === 0) return [];
  return [
    finding(
      'page_trusted_types',
      `trusted-types without ${missing.join(', ')}`,
      `Add ${missing.join(' ')} to trusted-types in the Content-Security-Policy of that page: the widget’s policies are called so.`,
    ),
  ];
}
