import type { Dialog } from './dialog.ts';
import { dataScript, html, type Html } from './html.ts';
import { page } from './layout.ts';

/** The page after Finish or Cancel: its script posts everything to the opener and closes the window. */
export function handOverPage({ launch, handOver, step }: Dialog): Html {
  const finished = step === 'finished';
  const title = finished ? 'All done' : 'Cancelled';
  const content = html`<h1>${title}</h1>
    <p class="intro">
      ${finished ? 'The business is connected to WhatsApp.' : 'Nothing was changed.'}
      <span id="closing">This window closes by itself.</span>
    </p>
    <p class="problem" id="no-opener" role="alert" hidden>
      The page that opened this window cannot be reached, so it was told nothing. It may have been closed, or
      it sends
      <code>Cross-Origin-Opener-Policy: same-origin</code>, which cuts the link to popups.
    </p>
    <button class="main" id="close" type="button">Close window</button>
    ${dataScript('hand-over', {
      origin: launch.openerOrigin,
      messages: handOver?.messages ?? [],
      login: handOver?.code === undefined ? null : loginMessage(launch, handOver.code),
    })}
    <script src="/dialog/hand-over.js"></script>`;
  return page({ name: step, title, content });
}

/** What the real popup shows for a wrong app or configuration, plus the reason that the real one keeps to itself. */
export function wrongPage(hint: string): Html {
  const title = 'Sorry, something went wrong';
  const content = html`<h1>${title}</h1>
    <p class="intro">The real window says no more than this. The simulator adds:</p>
    <p class="problem" role="alert">${hint}</p>`;
  return page({ name: 'error', title, content });
}

/** The SDK's own message, a query string that starts with `cb=` (seen by listeners of the page as noise). */
function loginMessage({ channel, openerOrigin }: Dialog['launch'], code: string): string {
  const origin = `${openerOrigin}/${channel}`;
  return String(
    new URLSearchParams({
      cb: channel,
      domain: new URL(openerOrigin).hostname,
      origin,
      relation: 'opener',
      code,
    }),
  );
}
