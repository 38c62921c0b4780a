import type { Visitor } from '../visitor.ts';
import { html, type Fragment, type Html } from './html.ts';
import { logo } from './logo.ts';

/** One page of the site. */
export interface PageParts {
  title: string;
  content: Html;
  /** Shown in the header, with the way out. */
  visitor?: Visitor | undefined;
  /** Files under `/assets`, beside the site's own styles. */
  styles?: readonly string[];
  /** Files under `/assets`, loaded as modules in this order. */
  scripts?: readonly string[];
  /** A class of `body`. */
  look?: string;
}

/** A whole page with header and footer. */
export function layout({ title, content, visitor, ...more }: PageParts): Html {
  const { styles = [], scripts = [], look = 'plain' } = more;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Harbor Messaging</title>
        <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/site.css" />
        ${styles.map((file) => html`<link rel="stylesheet" href="/assets/${file}" />`)}
        ${scripts.map((file) => html`<script type="module" src="/assets/${file}"></script>`)}
      </head>
      <body class="${look}">
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/"
            >${logo()}<span>Harbor <b>Messaging</b></span></a
          >
          ${visitor !== undefined && whoIsHere(visitor)}
        </header>
        <main id="content">${content}</main>
        <footer class="bottom">
          <p>Harbor Messaging is made up: this is the example site of the Embedded Signup Kit.</p>
        </footer>
      </body>
    </html>`;
}

function whoIsHere(visitor: Visitor): Fragment {
  const name = visitor.role === 'staff' ? 'Harbor staff' : visitor.customer.name;
  return html`<form class="who" method="post" action="/log-out">
    <span class="who-name">${name}</span>
    <button class="quiet">Log out</button>
  </form>`;
}
