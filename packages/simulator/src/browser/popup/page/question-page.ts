import type { Simulation } from '../../../world/simulation.ts';
import type { Dialog, QuestionName } from '../dialog.ts';
import { messageHandOver } from '../hand-over/hand-over-data.ts';
import { html, type Html } from './html.ts';
import { handOverScript } from '../hand-over/last-screens.ts';
import { page, problemLine } from './layout.ts';
import { skipsNumber } from '../path.ts';

interface QuestionScreen {
  readonly name: QuestionName;
  readonly title: string;
  readonly intro: string;
  readonly fields: Html;
  /** Name of the main button. */
  readonly proceed: string;
  /** Whether the keyboard starts on the main button, because the screen has no fields. @default false */
  readonly proceedFocused?: boolean;
  readonly canGoBack: boolean;
  /** More buttons, for what is neither going on nor back. */
  readonly aside?: Html;
}

const POSITIONS: Readonly<Record<QuestionName, number>> = {
  'log-in': 1,
  business: 2,
  number: 3,
  verification: 3,
  review: 4,
};

/** A page that asks something: heading, what went wrong, fields, and the buttons. The main one is first: Enter presses it. */
export function questionPage({ settings }: Simulation, dialog: Dialog, screen: QuestionScreen): Html {
  const { name, title, intro, fields, proceed, proceedFocused, canGoBack, aside } = screen;
  const { problem, notice, unposted, launch } = dialog;
  const back = html`<button class="quiet" name="action" value="back" formnovalidate>Back</button>`;
  const content = html`${progress(name, dialog)}
    <h1>${title}</h1>
    <p class="intro">${intro}</p>
    ${notice !== undefined && html`<p class="notice" role="status" data-testid="notice">${notice}</p>`}
    ${problemLine(problem)}
    <form method="post" action="/dialog/${dialog.id}/${name}">
      ${fields}
      <button class="main" name="action" value="continue" ${proceedFocused === true && html`autofocus`}>
        ${proceed}
      </button>
      ${aside}
      <div class="others">
        ${canGoBack && back}
        <button class="quiet" name="action" value="cancel" formnovalidate>Cancel</button>
      </div>
      <p class="report">
        <button class="link" name="action" value="report" formnovalidate>Report a problem</button>
      </p>
    </form>
    ${unposted.length > 0 && handOverScript(messageHandOver(settings, launch.openerOrigin, unposted))}`;
  return page({ name, title, content, hasProblem: problem !== undefined });
}

function progress(name: QuestionName, { launch }: Dialog): Html {
  const skipped = skipsNumber(launch) ? 1 : 0;
  const total = 4 - skipped;
  const position = name === 'review' ? total : POSITIONS[name];
  const parts = Array.from({ length: total }, (_, index) => index < position);
  return html`<div class="progress" aria-hidden="true">
      ${parts.map((done) => html`<span ${done && html`class="done"`}></span>`)}
    </div>
    <p class="position">Step ${position} of ${total}</p>`;
}
