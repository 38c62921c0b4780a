import { html, type Html } from './html.ts';

/** A whole page of the popup. `name` becomes the test id `screen-<name>`. */
export function page({
  name,
  title,
  content,
  hasProblem = false,
}: {
  name: string;
  title: string;
  content: Html;
  hasProblem?: boolean;
}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${hasProblem && 'Problem: '}${title} · Simulated Meta</title>
        <link rel="stylesheet" href="/dialog/popup.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header class="banner">Simulated Meta — nothing here is real</header>
        <main data-testid="screen-${name}">${content}</main>
      </body>
    </html>`;
}

/** One option of a list: a radio button with a label and a line of explanation. */
export function choice(option: {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly checked: boolean;
  /** Whether the keyboard starts here. @default false */
  readonly focused?: boolean;
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
      ${option.focused === true && html`autofocus`}
      required
    />
    <label for="${id}">${option.label}</label>
    <span class="detail" id="${id}-detail">${option.detail}</span>
  </div>`;
}

/** What went wrong, read out at once; nothing when nothing did. */
export function problemLine(problem: string | undefined): Html | false {
  return (
    problem !== undefined &&
    html`<p class="problem" role="alert" id="problem" data-testid="problem">${problem}</p>`
  );
}
