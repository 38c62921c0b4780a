import type { Visitor } from '../visitor.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';

/** A page that says one thing and leads back. */
export function messagePage({
  title,
  text,
  visitor,
}: {
  title: string;
  text: string;
  visitor: Visitor | undefined;
}): Html {
  const content = html`<section class="message card">
    <h1>${title}</h1>
    <p>${text}</p>
    <p><a class="button" href="/">Back to the start</a></p>
  </section>`;
  return layout({ title, content, visitor });
}
