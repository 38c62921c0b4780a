// @ts-check
import { badge, element, pair, timeOf } from '../dom.js';
import { call } from './api.js';
import { openDialog } from './dialog.js';
import { row } from './table.js';

/** @import { ClaimItem } from './claim-row.js' */
/** @import { Mood } from '../claim-words.js' */

/** @typedef {{ id: string, at: string, fact: string, before?: string, after?: string, who: string }} Change */

/**
 * @typedef {object} NumberInService as `GET /phone-numbers/:id` of the kit's operator API shows it
 * @property {string} id
 * @property {string} wabaId
 * @property {string} [status]
 * @property {string} [qualityRating]
 * @property {string} [verifiedName]
 * @property {string} [nameStatus]
 * @property {string} [throughputLevel]
 * @property {string} [messagingLimit]
 * @property {string} [lastOnboardedAt]
 * @property {boolean} [identityCheck]
 * @property {string} [readAt]
 * @property {{ message: string }} [problem]
 */

/** What the words of Meta's that somebody should look at are coloured like. @type {Readonly<Record<string, Mood | undefined>>} */
const moods = {
  CONNECTED: 'good',
  GREEN: 'good',
  PENDING: 'busy',
  YELLOW: 'busy',
  FLAGGED: 'bad',
  RESTRICTED: 'bad',
  BANNED: 'bad',
  RED: 'bad',
};

/** @type {Readonly<Record<string, string | undefined>>} */
const facts = {
  status: 'Status',
  qualityRating: 'Quality',
  verifiedName: 'Display name',
  nameStatus: 'Name status',
  throughputLevel: 'Throughput',
  messagingLimit: 'Messaging limit',
  lastOnboardedAt: 'Onboarded',
  identityCheck: 'Identity check',
};

/**
 * Shows what is known of a number in service, and switches its identity check.
 *
 * @param {ClaimItem} claim
 */
export function showService({ phoneNumberId, displayPhoneNumber }) {
  const dialog = openDialog('service', displayPhoneNumber);
  const check = dialog.part('.check button');
  const buttons = dialog.part('.when-known');
  let isOn = false;

  /** @param {{ number: NumberInService, changes: Change[] }} answer */
  function show({ number, changes }) {
    isOn = number.identityCheck === true;
    buttons.hidden = false;
    check.textContent = isOn ? 'Switch identity check off' : 'Switch identity check on';
    dialog.part('dl').replaceChildren(...factsOf(number).flatMap(([name, fact]) => pair(name, fact)));
    dialog.part('tbody').replaceChildren(...changes.map(changeRow));
    dialog.part('.scroll').hidden = changes.length === 0;
    dialog.part('.no-changes').hidden = changes.length > 0;
  }

  const path = `phone-numbers/${phoneNumberId}`;
  dialog.onSubmit('.check', async () => {
    show(await call('PUT', `${path}/identity-check`, { enabled: !isOn }));
    dialog.say(`The identity check is ${isOn ? 'on' : 'off'}.`);
  });
  dialog.onSubmit('.refresh', async () => {
    show(await call('POST', `${path}/refresh`));
    dialog.say('This is what Meta says now.');
  });
  void dialog.run(async () => show(await call('GET', path)));
}

/**
 * @param {NumberInService} number
 * @returns {[string, Node | string | undefined][]}
 */
function factsOf(number) {
  const { status, qualityRating, lastOnboardedAt, identityCheck, readAt } = number;
  return [
    ['Status', status && badge(status, moods[status] ?? 'calm')],
    ['Quality', qualityRating && badge(qualityRating, moods[qualityRating] ?? 'calm')],
    ['Display name', number.verifiedName],
    ['Name status', number.nameStatus],
    ['Throughput', number.throughputLevel],
    ['Messaging limit', number.messagingLimit],
    ['Onboarded', lastOnboardedAt && timeOf(lastOnboardedAt)],
    ['Identity check', identityCheck === undefined ? 'Never set' : identityCheck ? 'On' : 'Off'],
    ['Meta said so', readAt && timeOf(readAt)],
    ['Could not be read', number.problem?.message],
    ['Account', element('code', {}, number.wabaId)],
    ['Meta’s id', element('code', {}, number.id)],
  ];
}

/** @param {Change} change */
function changeRow({ id, at, fact, before, after, who }) {
  return row(`change-${id}`, [timeOf(at), facts[fact] ?? fact, before, after, who]);
}
