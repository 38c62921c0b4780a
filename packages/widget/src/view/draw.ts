import { html, nothing, render } from 'lit/html.js';
import type { Say } from '../labels/labels-for.ts';
import type { SignupEvent, SignupState } from '../launch/signup-state.ts';
import { button } from './button.ts';
import type * as extraPieces from './extra.ts';
import { problemOf, sentenceOf, withNumber } from './wording.ts';

let extra: typeof extraPieces | undefined;
/** How each element was drawn last. */
const again = new WeakMap<ShadowRoot, () => void>();

/**
 * Draws what is known, and keeps the focus: who was at a piece that is gone is brought to the card, or to what is to be
 * done next for the code. `direction` is that of the texts, whatever the page around has.
 */
export function draw(
  root: ShadowRoot,
  state: SignupState,
  say: Say,
  direction: 'ltr' | 'rtl',
  act: (event: SignupEvent) => void,
): void {
  again.set(root, () => draw(root, state, say, direction, act));
  if (!extra) {
    // It is there long before a session is. A file that did not come is asked for again at the next change.
    const take = (loaded: typeof extraPieces) => {
      extra = loaded;
      again.get(root)?.();
    };
    void import('./extra.ts').then(take, () => undefined);
  }
  const { sent, busy } = state.verification ?? {};
  const focused = root.activeElement;
  const form = root.querySelector('form');
  const asked = focused?.matches('form [aria-disabled]');
  render(card(state, say, direction, act), root);
  const field = root.querySelector<HTMLElement>((sent ?? asked) ? '#code' : 'form button');
  if (focused && (!focused.isConnected || (field && !form) || (asked && !busy)))
    (field ?? root.querySelector('div'))?.focus();
}

/** A piece that a page can replace by its own. */
const piece = (name: string, shown: unknown) => html`<slot name=${name}>${shown}</slot>`;

/** The status line is always there, so that a screen reader hears each change once. Nothing else speaks. */
function card(state: SignupState, say: Say, direction: string, act: (event: SignupEvent) => void) {
  const { status, claim, session, action, verification, picked } = state;
  const problem = problemOf(state);
  const held = session?.numbers ?? [];
  const chosen = held.find(({ id }) => id === picked) ?? held[0];
  const number = claim ? (claim.displayPhoneNumber ?? claim.phoneNumber) : chosen?.displayPhoneNumber;
  const away = status === 'launching' || status === 'in-popup';
  const several = !claim && !away && held[1] && extra;
  const done = claim?.status === 'coexistence' ? 0 : extra?.stepsDone(status);
  // The button keeps its place, and the focus, while the page gets ready and while the window is open.
  const idle = !action && !done && !claim && status !== 'unavailable';
  const kit = { html, nothing, button, withNumber, say: extra?.alsoEnglish(say) ?? say, act };
  return html`<div part="card" role="group" aria-label=${say('heading')} tabindex="-1" dir=${direction}>
    ${piece('heading', html`<b part="heading">${say('heading')}</b>`)}
    ${
      number && !away && !several
        ? piece(
            'number',
            html`<div part="number">
              <small part="number-label">${say('number')}</small>
              <b part="number-value" dir="ltr">${number}</b>
            </div>`,
          )
        : ''
    }
    ${several ? piece('picker', several.picker(kit, held, chosen)) : ''}
    ${away && extra ? piece('coach', extra.coach(kit, number)) : ''}
    ${
      session && !claim && !away
        ? piece('hint', html`<p part="hint">${withNumber(say(number ? 'choose' : 'noNumber'), number)}</p>`)
        : ''
    }
    ${done && extra ? piece('steps', extra.steps(kit, done)) : ''}
    <div part="status ${problem ? 'trouble' : status === 'registered' ? 'success' : ''}">
      ${
        verification?.busy || /loading|launching|claiming|registering/.test(status)
          ? html`<span part="spinner"></span>`
          : ''
      }
      <p part="message" role="status" id="message">${withNumber(sentenceOf(state, problem, say), number)}</p>
    </div>
    ${status === 'verifying' && extra ? piece('verification', extra.verification(kit, verification)) : ''}
    ${
      problem
        ? piece(
            'reference',
            html`<small part="reference">
              ${say('reference')}
              <code part="reference-code" dir="ltr">
                ${[problem.code, problem.reference].filter(Boolean).join(' · ')}
              </code>
            </small>`,
          )
        : ''
    }
    ${
      action || idle
        ? button('button', html`<slot name="button">${say(action ?? 'launch')}</slot>`, idle, () =>
            act({ type: 'press' }),
          )
        : ''
    }
    <slot name="footer"></slot>
  </div>`;
}
