// @ts-check
import { element } from '../dom.js';
import { call } from './api.js';
import { openDialog } from './dialog.js';

/** @import { ClaimItem } from './claim-row.js' */
/** @import { NumberItem } from './number-words.js' */

const over = new Set(['ended', 'rejected', 'dismissed']);

/**
 * Puts a number of the pool on the account of a customer who has signed up, without Meta's window.
 *
 * @param {NumberItem} number
 * @param {ClaimItem[]} claims
 * @param {Record<string, string>} names of customers, by id
 * @param {(done?: string) => void} changed
 */
export function putOnAccount({ id, displayPhoneNumber }, claims, names, changed) {
  const dialog = openDialog('attach', displayPhoneNumber);
  const accounts = accountsOf(claims);
  dialog.part('.nobody').hidden = accounts.size > 0;
  dialog.part('.attach').hidden = accounts.size === 0;
  const nameOf = (/** @type {string | undefined} */ customerId) =>
    names[customerId ?? ''] ?? customerId ?? '';
  const account = /** @type {HTMLSelectElement} */ (dialog.part('[name=wabaId]'));
  const name = /** @type {HTMLInputElement} */ (dialog.part('[name=verifiedName]'));
  account.append(
    ...[...accounts].map(([wabaId, customerId]) =>
      element('option', { value: wabaId }, `${nameOf(customerId)} (${wabaId})`),
    ),
  );
  const suggest = () => {
    name.value = nameOf(accounts.get(account.value));
  };
  account.addEventListener('change', suggest);
  suggest();

  dialog.onSubmit('.attach', async (sent) => {
    /** @type {{ claim: ClaimItem }} */
    const { claim } = await call('POST', `accounts/${sent('wabaId')}/phone-numbers`, {
      numberId: id,
      verifiedName: sent('verifiedName'),
    });
    // It was asked for before, and has come to something that a person must look at.
    if (claim.reason !== undefined) throw new Error(claim.reason.message);
    dialog.close();
    changed(`${displayPhoneNumber} goes on the account ${sent('wabaId')}: see the newest claim.`);
  });
}

/**
 * Whose account each is.
 *
 * @param {ClaimItem[]} claims
 * @returns {Map<string, string>}
 */
function accountsOf(claims) {
  const usable = claims.filter(({ status, customerId }) => !over.has(status) && customerId !== '');
  return new Map(usable.flatMap(({ wabaId, customerId }) => (wabaId ? [[wabaId, customerId]] : [])));
}
