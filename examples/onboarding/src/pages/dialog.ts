import { html, type Html } from './html.ts';

/** What a dialog is made of. */
export interface DialogParts {
  name: string;
  title: string;
  content: Html;
}

/** A dialog as a template: the page's script opens a copy of it, and fills it. */
export function dialog({ name, title, content }: DialogParts): Html {
  return html`<template id="${name}-dialog">
    <dialog class="card" aria-labelledby="dialog-title">
      <form class="dialog-top" method="dialog">
        <h2 id="dialog-title">${title} <span class="digits" data-number></span></h2>
        <button class="quiet">Close</button>
      </form>
      <p class="problem" role="alert" hidden></p>
      ${content}
      <p class="small" role="status"></p>
    </dialog>
  </template>`;
}
