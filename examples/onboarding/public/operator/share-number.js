// @ts-check
import { element } from '../dom.js';
import { call } from './api.js';
import { openDialog } from './dialog.js';

/** @import { NumberItem } from './number-words.js' */

/**
 * Shows which partners may offer a number, adds one, or ends it.
 *
 * @param {NumberItem} number
 */
export function shareNumber({ id, displayPhoneNumber }) {
  const dialog = openDialog('share', displayPhoneNumber);

  async function showPartners() {
    /** @type {{ partners: { businessId: string, name?: string }[] }} */
    const { partners } = await call('GET', `numbers/${id}/partners`);
    dialog.part('.partners ul').replaceChildren(...partners.map(partnerLine));
    dialog.part('.nobody').hidden = partners.length > 0;
  }

  dialog.onSubmit('.share', async (sent) => {
    const businessId = sent('businessId');
    await call('PUT', `numbers/${id}/partners/${encodeURIComponent(businessId)}`);
    await showPartners();
    dialog.say(`Shared with ${businessId}.`);
  });

  dialog.onSubmit('.partners', async (sent) => {
    const businessId = sent('businessId');
    await call('DELETE', `numbers/${id}/partners/${businessId}`);
    await showPartners();
    dialog.say(`No longer shared with ${businessId}.`);
    // The button that had the focus left with its line.
    dialog.part('[name=businessId]').focus();
  });

  void dialog.run(showPartners);
}

/** @param {{ businessId: string, name?: string }} partner */
function partnerLine({ businessId, name = 'Business' }) {
  return element(
    'li',
    {},
    element('span', {}, `${name} `, element('code', {}, businessId)),
    element(
      'button',
      { class: 'quiet', name: 'businessId', value: businessId },
      'Stop sharing',
      element('span', { class: 'unseen' }, ` with ${name} ${businessId}`),
    ),
  );
}
