// @ts-check
import { customerWord } from './claim-words.js';
import { badge, byId, element, timeOf } from './dom.js';

/** @typedef {{ status: string, number?: string, wabaId?: string, createdAt: string }} MyClaim */

const eventNames = [
  'signup-ready',
  'signup-launch',
  'signup-step',
  'signup-claim',
  'signup-registered',
  'signup-cancel',
  'signup-error',
];

/** @type {(HTMLElement & { status?: string, prefill?: unknown }) | null} */
const signup = document.querySelector('embedded-signup');

if (signup !== null) {
  // What Meta's forms start with; properties take objects, so this is all that a page needs.
  signup.prefill = JSON.parse(signup.dataset.prefill ?? '{}');
  for (const name of eventNames) signup.addEventListener(name, () => noteEvent(name));
  for (const name of ['signup-claim', 'signup-registered'])
    signup.addEventListener(name, () => void showMyClaims());
}
void showMyClaims();

/** @param {string} name */
function noteEvent(name) {
  const now = new Date();
  byId('event-log').append(
    element(
      'li',
      {},
      element('time', { datetime: now.toISOString() }, now.toLocaleTimeString('en-GB')),
      element('code', {}, name),
      element('span', {}, signup?.status ?? ''),
    ),
  );
}

async function showMyClaims() {
  const answer = await fetch('/my-claims').catch(() => undefined);
  // The element itself says when there is no connection; this list is only an extra.
  if (answer?.ok !== true) return;
  /** @type {{ claims: MyClaim[] }} */
  const { claims } = await answer.json();
  byId('my-claims').replaceChildren(...claims.map(claimLine));
  byId('no-claims').hidden = claims.length > 0;
}

/** @param {MyClaim} claim */
function claimLine({ status, number, wabaId, createdAt }) {
  const { word, mood, advice } = customerWord(status);
  const about = element('p', { class: 'small' }, 'Since ', timeOf(createdAt));
  if (wabaId !== undefined) about.append(` · WhatsApp account ${wabaId}`);
  const line = element('li', {}, element('strong', {}, number ?? 'A number'), badge(word, mood), about);
  if (advice !== undefined) line.append(element('p', { class: 'reason' }, advice));
  return line;
}
