// @ts-check

/** @typedef {'good' | 'busy' | 'bad' | 'calm'} Mood */

/**
 * What staff call the kit's statuses of a claim. A status that a newer kit adds is shown as it comes.
 *
 * @type {Readonly<Record<string, { word: string, mood: Mood } | undefined>>}
 */
const claimWords = {
  received: { word: 'Received', mood: 'busy' },
  proven: { word: 'Confirmed', mood: 'busy' },
  registering: { word: 'Registering', mood: 'busy' },
  registered: { word: 'Registered', mood: 'good' },
  ended: { word: 'Ended', mood: 'calm' },
  needs_signup: { word: 'Must sign up again', mood: 'bad' },
  needs_verification: { word: 'Needs a code', mood: 'bad' },
  needs_operator: { word: 'Needs staff', mood: 'bad' },
  no_number: { word: 'No number chosen', mood: 'calm' },
  coexistence: { word: 'In the Business app', mood: 'good' },
  rejected: { word: 'Rejected', mood: 'bad' },
  dismissed: { word: 'Put aside', mood: 'calm' },
};

/**
 * @param {string} status
 * @returns {{ word: string, mood: Mood }}
 */
export function claimWord(status) {
  return claimWords[status] ?? { word: status, mood: 'calm' };
}

/**
 * The same for the customer, where staff's words would not do. A claim's own reason is written for staff, too.
 *
 * @type {Readonly<Record<string, { word: string, advice: string } | undefined>>}
 */
const customerWords = {
  needs_signup: {
    word: 'Not finished',
    advice: 'Meta’s confirmation came too late. Please sign up again.',
  },
  needs_verification: {
    word: 'Needs a code',
    advice: 'Meta needs a code for this number. You can enter it above.',
  },
  needs_operator: {
    word: 'With our team',
    advice: 'We are looking at this. You need not do anything.',
  },
  rejected: {
    word: 'Not confirmed',
    advice: 'Meta did not confirm this number. Please sign up again.',
  },
  dismissed: { word: 'Closed', advice: 'We closed this sign-up. You can begin a new one.' },
};

/**
 * What a customer reads: a word, and what there is to do when there is something.
 *
 * @param {string} status
 * @returns {{ word: string, mood: Mood, advice?: string }}
 */
export function customerWord(status) {
  return { ...claimWord(status), ...customerWords[status] };
}
