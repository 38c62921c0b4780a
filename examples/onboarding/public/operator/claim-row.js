// @ts-check
import { claimWord } from '../claim-words.js';
import { badge, element, timeOf } from '../dom.js';
import { customer, row } from './table.js';

/**
 * @typedef {object} ClaimItem as `GET /claims` of the kit's operator API lists it
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
 * One claim.
 *
 * @param {ClaimItem} claim
 * @param {Record<string, string>} names of customers, by id
 */
export function claimRow(claim, names) {
  const { word, mood } = claimWord(claim.status);
  const status = element('div', {}, badge(word, mood));
  if (claim.reason !== undefined) status.append(element('p', { class: 'reason' }, claim.reason.message));
  const number = claim.displayPhoneNumber ?? claim.phoneNumber;
  return row(`claim-${claim.id}`, [
    customer(claim.customerId, names),
    number === undefined ? undefined : element('strong', { class: 'digits' }, number),
    sources.get(claim.numberSource),
    claim.wabaId === undefined ? undefined : element('code', {}, claim.wabaId),
    status,
    claim.registeredAt === undefined ? undefined : timeOf(claim.registeredAt),
    claim.status === 'registered' && number !== undefined ? serviceButton(claim, number) : undefined,
  ]);
}

/**
 * @param {ClaimItem} claim
 * @param {string} number
 */
function serviceButton({ id }, number) {
  return element(
    'button',
    {
      type: 'button',
      class: 'quiet',
      id: `service-${id}`,
      'data-claim': id,
      'aria-haspopup': 'dialog',
    },
    'Number',
    element('span', { class: 'unseen' }, ` ${number}`),
  );
}

/**
 * Whether nothing goes on until somebody acts.
 *
 * @param {ClaimItem} claim
 */
export function needsStaff({ status }) {
  return status === 'needs_operator' || status === 'needs_verification';
}
