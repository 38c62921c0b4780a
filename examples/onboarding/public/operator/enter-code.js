// @ts-check
import { call } from './api.js';

/** @import { Dialog } from './dialog.js' */

/**
 * What the dialog needs in which somebody asks for a code, and hands it in.
 *
 * @template Answer
 * @typedef {object} CodeParts
 * @property {string} path of what the code is for, in the operator API
 * @property {string} number as people read it
 * @property {() => void} asked a code was asked for
 * @property {(answer: Answer) => boolean} [isOver] whether no code is wanted any more
 * @property {() => void} verified no code is wanted any more
 */

/**
 * Has Meta send a code to a number, by text or voice call, and hands it in.
 *
 * @template Answer
 * @param {Dialog} dialog a copy of the dialog `verify`
 * @param {CodeParts<Answer>} parts
 */
export function enterCode(dialog, { path, number, asked, isOver = () => false, verified }) {
  dialog.onSubmit('.request', async (sent) => {
    const method = sent('method');
    /** @type {Answer} */
    const answer = await call('POST', `${path}/code`, { method });
    if (isOver(answer)) {
      verified();
      return;
    }
    const what = method === 'VOICE' ? 'Meta calls' : 'Meta sends a text to';
    dialog.say(`${what} ${number}. The newest code counts, for 10 minutes.`);
    dialog.part('[name=code]').focus();
    asked();
  });

  dialog.onSubmit('.submit', async (sent) => {
    await call('POST', `${path}/verification`, { code: sent('code') });
    verified();
  });
}
