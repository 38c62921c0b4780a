// @ts-check
import { call } from './api.js';
import { openDialog } from './dialog.js';

/** @import { ClaimItem } from './claim-row.js' */

/**
 * Puts a claim aside for good, after a question.
 *
 * @param {ClaimItem} claim
 * @param {string} name
 * @param {(done?: string) => void} changed
 */
export function dismissClaim({ id }, name, changed) {
  const dialog = openDialog('dismiss', name);
  dialog.onSubmit('.dismiss', async (sent) => {
    const reason = sent('reason');
    await call('POST', `claims/${id}/dismiss`, reason === '' ? undefined : { reason });
    dialog.close();
    changed(`${name} is dismissed.`);
  });
}
