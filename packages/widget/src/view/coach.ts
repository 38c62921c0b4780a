import type { Kit } from './kit.ts';

/** What to do in Meta's window, for as long as it is open: short, since the window covers most of the page. */
export function coach({ html, withNumber, say }: Kit, number: string | undefined) {
  const steps = [
    say('coachLogIn'),
    number ? [withNumber(say('coachChoose'), number), ' ', say('coachNoCode')] : say('coachOwn'),
    say('coachFinish'),
  ];
  return html`<div part="coach">
    <small part="coach-label">${say('coach')}</small>
    <ol part="coach-steps">
      ${steps.map((step) => html`<li part="coach-step"><span>${step}</span></li>`)}
    </ol>
  </div>`;
}
