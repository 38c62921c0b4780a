import { EmbeddedSignupElement } from './embedded-signup-element.ts';

export { EmbeddedSignupElement };

const tag = 'embedded-signup';

// Two copies on one page, such as the CDN file beside a bundle: the first one serves both.
if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, EmbeddedSignupElement);

declare global {
  interface HTMLElementTagNameMap {
    'embedded-signup': EmbeddedSignupElement;
  }
}
