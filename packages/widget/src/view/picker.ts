import { html } from 'lit/html.js';
import type { HeldNumber } from '@embedded-signup-kit/protocol';
import type { Say } from '../labels/labels-for.ts';
import type { SignupEvent } from '../launch/signup-state.ts';

/** One of several held numbers is picked by native radio buttons. */
export const picker = (
  numbers: readonly HeldNumber[],
  chosen: HeldNumber | undefined,
  say: Say,
  act: (event: SignupEvent) => void,
) =>
  html`<fieldset part="picker">
    <legend part="picker-label">${say('pick')}</legend>
    ${numbers.map(
      (number) =>
        html`<label part="option">
          <input
            part="radio"
            type="radio"
            name="number"
            .checked=${number === chosen}
            @change=${() => act({ type: 'pick', id: number.id })}
          />
          <b part="number-value" dir="ltr">${number.displayPhoneNumber}</b>
        </label>`,
    )}
  </fieldset>`;
