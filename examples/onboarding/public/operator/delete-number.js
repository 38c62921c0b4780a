// @ts-check
import { call, Refusal } from './api.js';
import { openDialog } from './dialog.js';

/** @import { NumberItem } from './number-words.js' */

const canBeForced = new Set(['number_held', 'number_claimed']);

/**
 * Takes a number out of the pool for good, after a question; one that a customer has or may get, after a second one.
 *
 * @param {NumberItem} number
 * @param {(done?: string) => void} changed
 */
export function deleteNumber({ id, displayPhoneNumber }, changed) {
  const dialog = openDialog('delete', displayPhoneNumber);
  let force = '';

  dialog.onSubmit('.delete', async () => {
    try {
      await call('DELETE', `numbers/${id}${force}`);
    } catch (error) {
      if (error instanceof Refusal && force === '' && canBeForced.has(error.code ?? '')) {
        force = '?force=true';
        dialog.part('.question').textContent = 'A customer may lose it. Delete it all the same?';
        dialog.part('.delete button').textContent = 'Delete by force';
        // Whoever presses Enter twice must not have answered both questions.
        dialog.part('.keep').focus();
      }
      throw error;
    }
    dialog.close();
    changed(`${displayPhoneNumber} is deleted.`);
  });
}
