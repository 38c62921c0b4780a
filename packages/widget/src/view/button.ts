import { html, nothing } from 'lit/html.js';

/**
 * One button. `idle` says that a press does nothing now; it keeps the focus then. Without `press` it hands in the form
 * around it.
 */
export const button = (part: string, text: unknown, idle: boolean | undefined, press?: () => unknown) =>
  html`<button
    part=${part}
    type=${press ? 'button' : nothing}
    aria-disabled=${idle || nothing}
    @click=${press}
  >
    ${text}
  </button>`;
