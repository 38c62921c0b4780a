import type { Settings } from '../../../settings/settings.ts';
import type { Dialog } from '../dialog.ts';
import { lastHandOver, type HandOverData } from './hand-over-data.ts';
import { dataScript, html, type Html } from '../page/html.ts';
import { page } from '../page/layout.ts';

/** The page after Finish or Cancel: its script posts everything to the opener and closes the window. */
export function handOverPage(settings: Settings, dialog: Dialog): Html {
  const data = lastHandOver(settings, dialog);
  const finished = dialog.step === 'finished';
  const title = finished ? 'All done' : 'Cancelled';
  const content = html`<p class="${finished ? 'sign done' : 'sign'}" aria-hidden="true"></p>
    <h1>${title}</h1>
    <p class="intro">
      ${finished ? 'The business is connected to WhatsApp.' : 'Nothing was changed.'} ${whatNext(data)}
    </p>
    <p class="problem" id="no-opener" role="alert" hidden>
      The page that opened this window cannot be reached, so it was told nothing. It may have been closed, or
      it sends
      <code>Cross-Origin-Opener-Policy: same-origin</code>, which cuts the link to popups.
    </p>
    ${
      data.redirect === undefined
        ? html`<button class="main" id="close" type="button" autofocus>Close window</button>`
        : html`<a class="main" href="${data.redirect}" autofocus>Go back to the page</a>`
    }
    ${handOverScript(data)}`;
  return page({ name: dialog.step, title, content });
}

/** What the real popup shows for a wrong app or configuration, plus the reason that the real one keeps to itself. */
export function wrongPage(hint: string): Html {
  const title = 'Sorry, something went wrong';
  const content = html`<h1>${title}</h1>
    <p class="intro">The real window says no more than this. The simulator adds:</p>
    <p class="problem" role="alert">${hint}</p>`;
  return page({ name: 'error', title, content });
}

/** The data of a page, and the script that posts it. */
export function handOverScript(data: HandOverData): Html {
  return html`${dataScript('hand-over', data)}
    <script src="/dialog/hand-over.js"></script>`;
}

function whatNext({ redirect, stays }: HandOverData): Html {
  if (redirect !== undefined) return html`You are taken back to the page you came from.`;
  if (stays === true) return html`Close this window to go back to the page you came from.`;
  return html`<span id="closing">This window closes by itself.</span>`;
}
