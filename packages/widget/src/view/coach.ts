import { html } from 'lit/html.js';
import type { Say } from '../labels/labels-for.ts';
import { withNumber } from './wording.ts';

/** What to do in Meta's window, for as long as it is open: short, since the window covers most of the page. */
export const coach = (number: string | undefined, say: Say) =>
  html`<div part="coach">
    <small part="coach-label">${say('coach')}</small>
    <ol>
      ${[
        say('coachLogIn'),
        number ? [withNumber(say('coachChoose'), number), ' ', say('coachNoCode')] : say('coachOwn'),
        say('coachFinish'),
      ].map((step) => html`<li part="coach-step"><span>${step}</span></li>`)}
    </ol>
  </div>`;
