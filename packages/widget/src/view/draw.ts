import { html, nothing, render } from 'lit/html.js';
import type { Say } from '../labels/labels-for.ts';
import { actionOf } from '../launch/action-of.ts';
import type { SignupState } from '../launch/signup-state.ts';
import type { WidgetStatus } from '../status.ts';
import { hintOf, numbersOf, referenceOf, sentenceOf, steps, stepsDone } from './wording.ts';

const busy = new Set<WidgetStatus>(['loading', 'launching', 'claiming', 'registering', 'verifying']);

/** Draws what is known. The status line is always there, so that a screen reader hears each change once. */
export function draw(root: ShadowRoot, state: SignupState, say: Say, press: () => void): void {
  const { status } = state;
  const numbers = numbersOf(state);
  const hint = hintOf(state, say);
  const done = stepsDone(state);
  const reference = referenceOf(state);
  const action = actionOf(state);
  // The button keeps its place, and the focus, while the page gets ready and while the window is open.
  const idle = !action && !done && !state.claim;
  render(
    html`<div part="card" role="group" aria-label=${say('heading')} tabindex="-1">
      <slot name="heading"><b part="heading">${say('heading')}</b></slot>
      ${
        numbers.length
          ? html`<slot name="number"
              ><div part="number">
                <small part="number-label">${say('number')}</small>
                ${numbers.map((number) => html`<b part="number-value" dir="ltr">${number}</b>`)}
              </div></slot
            >`
          : nothing
      }
      ${hint ? html`<slot name="hint"><p part="hint">${hint}</p></slot>` : nothing}
      ${
        done
          ? html`<slot name="steps"
              ><ol part="steps">
                ${steps.map(
                  (step, place) =>
                    html`<li
                      part="step ${place < done ? 'done' : ''}"
                      aria-current=${place === done ? 'step' : nothing}
                    >
                      ${say(step)}
                    </li>`,
                )}
              </ol></slot
            >`
          : nothing
      }
      <div part="status ${state.problem ? 'trouble' : ''}">
        ${busy.has(status) ? html`<span part="spinner"></span>` : nothing}
        <p part="message" role="status">${sentenceOf(state, say)}</p>
      </div>
      ${reference ? html`<small part="reference">${say('reference')} ${reference}</small>` : nothing}
      ${
        action || idle
          ? html`<button part="button" type="button" aria-disabled=${idle || nothing} @click=${press}>
              <slot name="button">${say(action ?? 'launch')}</slot>
            </button>`
          : nothing
      }
      <slot name="footer"></slot>
    </div>`,
    root,
  );
}
