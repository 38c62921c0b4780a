// @ts-check
import { claimWord } from '../claim-words.js';
import { badge, element, timeOf } from '../dom.js';
import { actionsOf } from './claim-actions.js';
import { customer, row } from './table.js';

/** @import { ClaimAction } from './claim-actions.js' */

/**
 * @typedef {object} ClaimItem as the kit's operator API shows a claim
 * @property {string} id
 * @property {string} customerId
 * @property {string} status
 * @property {string} numberSource
 * @property {string} [displayPhoneNumber]
 * @property {string} [phoneNumber]
 * @property {string} [wabaId]
 * @property {string} [phoneNumberId]
 * @property {{ message: string }} [reason]
 * @property {string} [registeredAt]
 */

const sources = new Map([
  ['pool', 'Pool'],
  ['own', 'Their own'],
  ['none', 'None'],
]);

/**
 * One claim, with what can be done about it.
 *
 * @param {ClaimItem} claim
 * @param {Record<string, string>} names of customers, by id
 */
export function claimRow(claim, names) {
  const { word, mood } = claimWord(claim.status);
  const status = element('div', {}, badge(word, mood));
  if (claim.registeredAt !== undefined) status.append(element('small', {}, timeOf(claim.registeredAt)));
  if (claim.reason !== undefined) status.append(element('p', { class: 'reason' }, claim.reason.message));
  const number = claim.displayPhoneNumber ?? claim.phoneNumber;
  const buttons = actionsOf(claim).map((action) => button(action, claim.id, claimName(claim, names)));
  return row(`claim-${claim.id}`, [
    customer(claim.customerId, names),
    number === undefined ? undefined : element('strong', { class: 'digits' }, number),
    sources.get(claim.numberSource),
    claim.wabaId === undefined ? undefined : element('code', {}, claim.wabaId),
    status,
    buttons.length === 0 ? undefined : element('div', { class: 'row-actions' }, ...buttons),
  ]);
}

/**
 * What staff call a claim: its number, or whose sign-up it is while no number is known.
 *
 * @param {ClaimItem} claim
 * @param {Record<string, string>} names of customers, by id
 */
export function claimName({ displayPhoneNumber, phoneNumber, customerId }, names) {
  const whose = names[customerId] ?? (customerId || 'nobody known');
  return displayPhoneNumber ?? phoneNumber ?? `the sign-up of ${whose}`;
}

/** @type {Readonly<Record<ClaimAction, string>>} */
const texts = { service: 'Number', verify: 'Verify', retry: 'Try again', dismiss: 'Dismiss' };

/**
 * @param {ClaimAction} action
 * @param {string} id
 * @param {string} name
 */
function button(action, id, name) {
  return element(
    'button',
    {
      type: 'button',
      class: 'quiet',
      // The same in the next row that is made of this claim: the focus is found again by it.
      id: `${action}-${id}`,
      'data-action': action,
      'data-claim': id,
      'aria-haspopup': 'dialog',
    },
    texts[action],
    // Read out only: a list of buttons that are all called “Dismiss” is of no use.
    element('span', { class: 'unseen' }, ` ${name}`),
  );
}
