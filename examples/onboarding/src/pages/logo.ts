import { html, type Html } from './html.ts';

/** The mark of Harbor Messaging: a message with a lighthouse inside. Decorative, so the name must stand beside it. */
export function logo(): Html {
  return html`<svg class="logo" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    <path
      class="logo-bubble"
      d="M12 3h16a9 9 0 0 1 9 9v12a9 9 0 0 1-9 9H17l-6.3 4.7c-1 .7-2.4 0-2.4-1.2v-4.3A9 9 0 0 1 3 24V12a9 9 0 0 1 9-9z"
    />
    <path class="logo-tower" d="M17.6 15h4.8l2 13h-8.8zM16.4 13h7.2v-1.6h-7.2zM17.8 9.8h4.4L20 6.6z" />
    <path class="logo-light" d="M25.4 11.2l7-2.6v7.2l-7-2.6zM14.6 11.2l-7-2.6v7.2l7-2.6z" />
  </svg>`;
}
