// @ts-check
import { claimWord } from './claim-words.js';
import { badge, element, timeOf } from './dom.js';

/**
 * @typedef {object} NumberItem as `GET /numbers` of the kit's operator API lists it
 * @property {string} id
 * @property {string} displayPhoneNumber
 * @property {string} [country]
 * @property {'free' | 'held' | 'claimed' | 'unverified' | 'gone'} state
 * @property {string} [verificationExpiresAt]
 * @property {string} [heldBy]
 * @property {string} [heldUntil]
 * @property {string} [claimedBy]
 */

/**
 * @typedef {object} ClaimItem as `GET /claims` of the kit's operator API lists it
 * @property {string} id
 * @property {string} customerId
 * @property {string} status
 * @property {string} numberSource
 * @property {string} [displayPhoneNumber]
 * @property {string} [phoneNumber]
 * @property {string} [wabaId]
 * @property {{ message: string }} [reason]
 * @property {string} [registeredAt]
 */

/** @typedef {Record<string, string>} CustomerNames by id */

/** @type {Readonly<Record<NumberItem['state'], { word: string, mood: 'good' | 'busy' | 'bad' | 'calm' }>>} */
const stateWords = {
  free: { word: 'Free', mood: 'good' },
  held: { word: 'Held', mood: 'busy' },
  claimed: { word: 'Claimed', mood: 'calm' },
  unverified: { word: 'Not verified', mood: 'bad' },
  gone: { word: 'Gone', mood: 'calm' },
};

const sources = new Map([
  ['pool', 'Pool'],
  ['own', 'Their own'],
  ['none', 'None'],
]);

/**
 * One number of the pool.
 *
 * @param {NumberItem} number
 * @param {CustomerNames} names
 */
export function numberRow(number, names) {
  const { word, mood } = stateWords[number.state] ?? { word: number.state, mood: 'calm' };
  const holder = number.claimedBy ?? number.heldBy;
  return row(`number-${number.id}`, [
    element('strong', { class: 'digits' }, number.displayPhoneNumber),
    number.country,
    badge(word, mood),
    holder === undefined ? undefined : customer(holder, names),
    number.verificationExpiresAt === undefined
      ? undefined
      : timeOf(number.verificationExpiresAt, { withClock: false }),
    element('code', {}, number.id),
  ]);
}

/**
 * One claim.
 *
 * @param {ClaimItem} claim
 * @param {CustomerNames} names
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
  ]);
}

/**
 * Whether nothing goes on until somebody acts.
 *
 * @param {ClaimItem} claim
 */
export function needsStaff({ status }) {
  return status === 'needs_operator' || status === 'needs_verification';
}

/**
 * The name, and the id that the kit knows the customer by.
 *
 * @param {string} id
 * @param {CustomerNames} names
 */
function customer(id, names) {
  const name = names[id];
  if (name === undefined) return element('span', {}, id);
  return element('div', {}, element('span', { class: 'customer' }, name), element('small', {}, id));
}

/**
 * @param {string} testId
 * @param {(Node | string | undefined)[]} cells
 */
function row(testId, cells) {
  return element(
    'tr',
    { 'data-testid': testId },
    ...cells.map((cell) => element('td', {}, cell ?? element('span', { class: 'nothing' }, '–'))),
  );
}
