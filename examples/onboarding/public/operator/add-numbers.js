// @ts-check
import { element } from '../dom.js';
import { call, Refusal } from './api.js';
import { openDialog } from './dialog.js';

/** @typedef {{ given: string, phoneNumber?: string, outcome: string, reason?: { message: string } }} AddedNumber */

/** @type {Readonly<Record<string, string | undefined>>} */
const outcomes = {
  added: 'added',
  known: 'was in the pool already',
  invalid: 'not added',
  refused: 'not added',
  unsure: 'perhaps added',
  stopped: 'not tried',
};

const most = 100;

/**
 * Asks for numbers and adds them to the pool.
 *
 * @param {() => void} changed
 */
export function addNumbers(changed) {
  const dialog = openDialog('add');
  dialog.onSubmit('.fields', async (sent) => {
    const lines = sent('numbers').split('\n');
    const phoneNumbers = lines.map((line) => line.trim()).filter((line) => line !== '');
    if (phoneNumbers.length > most) {
      throw new Refusal(`Add up to ${most} at a time, or a file of them with: embedded-signup pool import`);
    }
    const country = sent('country').toUpperCase();
    dialog.say('Asking Meta …');
    /** @type {{ results: AddedNumber[] }} */
    const { results } = await call('POST', 'numbers', { phoneNumbers, ...(country && { country }) });
    changed();

    dialog.part('.results').replaceChildren(...results.map(resultLine));
    const added = results.filter(({ outcome }) => outcome === 'added').length;
    dialog.say(`${added} of ${results.length} ${results.length === 1 ? 'number' : 'numbers'} added.`);
    // What stays in the field is what somebody has to look at.
    const field = /** @type {HTMLTextAreaElement} */ (dialog.part('textarea'));
    const left = results.filter(({ outcome }) => outcome !== 'added' && outcome !== 'known');
    field.value = left.map(({ given }) => given).join('\n');
  });
}

/** @param {AddedNumber} number */
function resultLine({ given, phoneNumber, outcome, reason }) {
  const said = ` – ${outcomes[outcome] ?? outcome}`;
  const line = element('li', {}, element('strong', { class: 'digits' }, phoneNumber ?? given), said);
  if (reason !== undefined) line.append(element('p', { class: 'reason' }, reason.message));
  return line;
}
