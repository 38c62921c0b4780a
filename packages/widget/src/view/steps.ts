import type { WidgetStatus } from '../status.ts';
import type { Kit } from './kit.ts';

/** The way from Meta's window to a number in service, and how much of it lies behind in each status. */
const names = ['signedUp', 'confirmed', 'inService'];
const behind: Partial<Record<WidgetStatus, number>> = {
  claiming: 1,
  registering: 2,
  verifying: 2,
  registered: 3,
};

/** How many of the steps lie behind; 0 when there is nothing to show. */
export const stepsDone = (status: WidgetStatus): number => behind[status] ?? 0;

/** The steps; those that are done say so to who cannot see the tick, too. */
export function steps({ html, nothing, say }: Kit, done: number) {
  return html`<ol part="steps">
    ${names.map(
      (name, place) =>
        html`<li part="step ${place < done ? 'done' : ''}" aria-current=${place === done ? 'step' : nothing}>
          ${place < done ? html`<i>✓</i>` : ''} ${say(name)}
        </li>`,
    )}
  </ol>`;
}
