/** A Trusted Types policy, as far as it is used here. */
interface Policy {
  createScriptURL(address: string): unknown;
}

/** A window that may have Trusted Types; lib.dom does not know them everywhere yet. */
interface TrustedWindow {
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy };
}

// One policy per page: a Content-Security-Policy may forbid a second one of the same name.
const policies = new WeakMap<Document, Policy>();

/** Puts a script tag into the page. Throws when the page's CSP does not allow the policy `embedded-signup`. */
export function insertScript(page: Document, address: string): HTMLScriptElement {
  const script = page.createElement('script');
  const types = (page.defaultView as TrustedWindow | null)?.trustedTypes;
  let policy = policies.get(page);
  if (types && !policy) {
    // It passes everything, but nobody else gets hold of it, and the caller has checked the address.
    policy = types.createPolicy('embedded-signup', { createScriptURL: (checked) => checked });
    policies.set(page, policy);
  }
  script.async = true;
  script.crossOrigin = 'anonymous';
  // A trusted address is an object that the property takes; the DOM types only know strings.
  script.src = (policy?.createScriptURL(address) ?? address) as string;
  page.head.append(script);
  return script;
}
