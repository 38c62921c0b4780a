/** A Content Security Policy: its directives by name, with their words. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/**
 * The policies of a page: those of its header, and those of `<meta http-equiv>` in its beginning.
 *
 * @param header several policies are parted by commas
 */
export function readPolicies(header: string | undefined, html: string): Policy[] {
  const texts = [...(header?.split(',') ?? []), ...inPage(html)];
  return texts.map(readPolicy).filter((policy) => policy.size > 0);
}

function readPolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const directive of text.split(';')) {
    const [name, ...words] = directive.trim().split(/\s+/);
    // The first one counts, as browsers have it.
    if (name !== undefined && name !== '' && !policy.has(name.toLowerCase())) {
      policy.set(name.toLowerCase(), words);
    }
  }
  return policy;
}

function inPage(html: string): string[] {
  return Array.from(html.matchAll(/<meta\b[^>]*>/gi), ([tag]) => tag)
    .filter((tag) => /http-equiv\s*=\s*["']?content-security-policy["'\s>]/i.test(tag))
    .flatMap((tag) => {
      const [, inDouble, inSingle] = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(tag) ?? [];
      const text = inDouble ?? inSingle;
      return text === undefined
        ? []
        : [text.replaceAll('&#39;', "'").replaceAll('&#x27;', "'").replaceAll('&quot;', '"')];
    });
}

/** Which directive speaks where one is missing. */
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/** What a directive allows; `undefined`: everything, because nothing is said. */
export function effectiveSources(policy: Policy, directive: string): readonly string[] | undefined {
  const name = (fallbacks[directive] ?? [directive]).find((one) => policy.has(one));
  return name === undefined ? undefined : policy.get(name);
}

/** Whether sources allow something of an origin. What cannot be decided from outside, such as a nonce, counts as allowed. */
export function allows(sources: readonly string[] | undefined, origin: string, page: URL): boolean {
  if (sources === undefined) return true;
  // Scripts that the page trusts may load others then.
  if (sources.includes("'strict-dynamic'")) return true;
  return sources.some((source) => matches(source.toLowerCase(), new URL(origin), page));
}

function matches(source: string, { protocol, hostname, port, origin }: URL, page: URL): boolean {
  if (source === "'self'") return origin === page.origin;
  if (source === '*') return true;
  if (/^[a-z][a-z0-9+.-]*:$/.test(source))
    return source === protocol || (source === 'http:' && protocol === 'https:');
  const [, scheme, host = '', , wantedPort] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?((?:\*\.)?[a-z0-9.-]+|\*)(:(\d+|\*))?(?:\/.*)?$/.exec(source) ?? [];
  if (host === '') return false;
  // A source of http takes https as well, and one without a scheme takes that of the page, or a better one.
  if (scheme !== undefined && `${scheme}:` !== protocol && !(scheme === 'http' && protocol === 'https:'))
    return false;
  if (wantedPort !== undefined && wantedPort !== '*' && wantedPort !== (port || usualPort(protocol)))
    return false;
  if (wantedPort === undefined && port !== '') return false;
  if (host === '*') return true;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
}

const usualPort = (protocol: string): string => (protocol === 'https:' ? '443' : '80');
