/** A Trusted Types policy, as far as it is used here. */
interface Policy {
  createScriptURL(address: string): unknown;
}

/** A window that may have Trusted Types; lib.dom does not know them everywhere yet. */
interface TrustedWindow {
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy };
}

// One per page: a Content-Security-Policy may forbid a second one of the same name.
let policy: Policy | undefined;

/** Puts a script tag into the page. Throws when the page's CSP does not allow the policy `embedded-signup`. */
export function insertScript(address: string): HTMLScriptElement {
  const script = document.createElement('script');
  // It passes everything, but nobody else gets hold of it, and the caller has checked the address.
  policy ??= (window as TrustedWindow).trustedTypes?.createPolicy('embedded-signup', {
    createScriptURL: (checked) => checked,
  });
  script.async = true;
  script.crossOrigin = 'anonymous';
  // A trusted address is an object that the property takes; the DOM types only know strings.
  script.src = (policy?.createScriptURL(address) ?? address) as string;
  document.head.append(script);
  return script;
}
