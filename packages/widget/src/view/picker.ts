import type { HeldNumber } from '@embedded-signup-kit/protocol';
import type { Kit } from './kit.ts';

/** One of several held numbers is picked by native radio buttons. */
export function picker(
  { html, say, act }: Kit,
  numbers: readonly HeldNumber[],
  chosen: HeldNumber | undefined,
) {
  return html`<fieldset part="picker">
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
}
