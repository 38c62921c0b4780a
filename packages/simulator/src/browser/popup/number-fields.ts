import { displayPhoneNumber } from '../../phone/phone-number.ts';
import type { OfferedNumber } from '../../signup/offered-numbers.ts';
import type { Dialog } from './dialog.ts';
import { html, type Html } from './page/html.ts';
import { choice } from './page/layout.ts';

/** Values of the choices that are no number of the pool. */
export const OWN = 'own';
export const BUSINESS_APP = 'business-app';
export const WITHOUT = 'none';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** The choices of the number screen, and the fields that two of them reveal. */
export function numberFields(offered: readonly OfferedNumber[], dialog: Dialog): Html {
  const options = [...offered.map(offeredOption), ...otherOptions(dialog)];
  const chosen = chosenOf(dialog, options);
  const fieldIsWrong = dialog.problem !== undefined && (chosen === OWN || chosen === BUSINESS_APP);
  return html`<fieldset>
      <legend>Phone number</legend>
      ${options.map((option) => {
        const checked = option.value === chosen;
        return choice({ name: 'number', ...option, checked, focused: checked && !fieldIsWrong });
      })}
    </fieldset>
    <div class="revealed-by-own">
      ${numberField(dialog, {
        kind: OWN,
        name: 'ownNumber',
        label: 'Your phone number',
        isWrong: fieldIsWrong && chosen === OWN,
      })}
    </div>
    ${
      dialog.launch.features.coexistence &&
      html`<div class="revealed-by-business-app">
        ${numberField(dialog, {
          kind: BUSINESS_APP,
          name: 'businessAppNumber',
          label: 'Number in the WhatsApp Business app',
          isWrong: fieldIsWrong && chosen === BUSINESS_APP,
        })}
      </div>`
    }`;
}

function offeredOption({ number: { id, digits }, needsCode }: OfferedNumber): Option {
  return {
    value: id,
    label: displayPhoneNumber(digits),
    detail: needsCode
      ? 'From your provider. Needs a verification code.'
      : 'From your provider. Already verified.',
  };
}

function otherOptions({ launch: { features } }: Dialog): Option[] {
  const options = [
    { value: OWN, label: 'Use my own number', detail: 'We send a verification code to it.', offer: true },
    {
      value: BUSINESS_APP,
      label: 'Use the number of my WhatsApp Business app',
      detail: 'The app goes on working. No code is needed.',
      offer: features.coexistence,
    },
    {
      value: WITHOUT,
      label: 'Continue without a number',
      detail: 'You can add one later.',
      offer: features.mayFinishWithoutNumber,
    },
  ];
  return options.flatMap(({ offer, ...option }) => (offer ? [option] : []));
}

/** What they chose before as long as it is offered, else the first number of the pool, else what the launch is for. */
function chosenOf({ typed, number, launch }: Dialog, options: readonly Option[]): string {
  const earlier = number?.kind === 'preverified' ? number.id : number?.kind;
  const values = options.map(({ value }) => value);
  const wanted = typed['number'] ?? earlier;
  if (wanted !== undefined && values.includes(wanted)) return wanted;
  const [first = OWN] = values;
  return first === OWN && launch.features.coexistence ? BUSINESS_APP : first;
}

function numberField(
  { typed, number }: Dialog,
  field: {
    readonly kind: typeof OWN | typeof BUSINESS_APP;
    readonly name: string;
    readonly label: string;
    readonly isWrong: boolean;
  },
): Html {
  const { kind, name, label, isWrong } = field;
  const earlier =
    (number?.kind === OWN || number?.kind === BUSINESS_APP) && number.kind === kind
      ? displayPhoneNumber(number.digits)
      : '';
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="tel"
      value="${typed[name] ?? earlier}"
      autocomplete="tel"
      aria-describedby="${name}-hint${isWrong && ' problem'}"
      ${isWrong && html`aria-invalid="true" autofocus`}
    />
    <p class="hint" id="${name}-hint">With its country code, for example +1&nbsp;555&nbsp;010&nbsp;1234.</p>`;
}
