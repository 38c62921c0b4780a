import type { Dialog } from './dialog.ts';
import { html, type Html } from './html.ts';

const NUMBER_OF_STEPS = 4;

/** A whole page of the popup. `name` becomes the test id `screen-<name>`. */
export function page({ name, title, content }: { name: string; title: string; content: Html }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Simulated Meta</title>
        <link rel="stylesheet" href="/dialog/popup.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="banner">Simulated Meta — nothing here is real</header>
        <main data-testid="screen-${name}">${content}</main>
      </body>
    </html>`;
}

interface QuestionScreen {
  readonly name: string;
  readonly title: string;
  /** Which of the four steps this is. */
  readonly position: number;
  readonly intro: string;
  readonly dialog: Dialog;
  readonly fields: Html;
  /** Name of the main button. */
  readonly proceed: string;
  readonly canGoBack: boolean;
  /** More buttons, for what is neither going on nor back. */
  readonly aside?: Html;
}

/** A page that asks something: heading, what went wrong, fields, and the buttons. The main one is first: Enter presses it. */
export function questionPage(screen: QuestionScreen): Html {
  const { name, title, position, intro, dialog, fields, proceed, canGoBack, aside } = screen;
  const back = html`<button class="quiet" name="action" value="back" formnovalidate>Back</button>`;
  const content = html`<p class="position">Step ${position} of ${NUMBER_OF_STEPS}</p>
    <h1>${title}</h1>
    <p class="intro">${intro}</p>
    ${
      dialog.problem !== undefined &&
      html`<p class="problem" role="alert" id="problem" data-testid="problem">${dialog.problem}</p>`
    }
    <form method="post" action="/dialog/${dialog.id}/${name}">
      ${fields}
      <button class="main" name="action" value="continue">${proceed}</button>
      ${aside}
      <div class="others">
        ${canGoBack && back}
        <button class="quiet" name="action" value="cancel" formnovalidate>Cancel</button>
      </div>
    </form>`;
  return page({ name, title, content });
}

/** One option of a list: a radio button with a label and a line of explanation. */
export function choice(option: {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly checked: boolean;
}): Html {
  const id = `${option.name}-${option.value.replace(/\W/g, '-')}`;
  return html`<div class="choice">
    <input
      type="radio"
      id="${id}"
      name="${option.name}"
      value="${option.value}"
      aria-describedby="${id}-detail"
      ${option.checked && html`checked`}
      required
    />
    <label for="${id}">${option.label}</label>
    <span class="detail" id="${id}-detail">${option.detail}</span>
  </div>`;
}
