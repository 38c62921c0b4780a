// @ts-check
import { byId } from '../dom.js';
import { sentenceOf } from './api.js';

/** @typedef {ReturnType<typeof openDialog>} Dialog */

/**
 * Opens a fresh copy of a dialog of the page. The browser keeps the focus inside, closes it with Escape, and gives the focus
 * back to the button that opened it.
 *
 * @param {string} name
 * @param {string} [number] to be named in its title
 */
export function openDialog(name, number = '') {
  const dialog = copyOf(name);
  const opener = document.activeElement?.id;
  dialog.addEventListener('close', () => {
    dialog.remove();
    giveFocusBack(opener);
  });

  /** @param {string} selector */
  const part = (selector) => {
    const found = dialog.querySelector(selector);
    if (!(found instanceof HTMLElement)) throw new Error(`The dialog ${name} has no ${selector}`);
    return found;
  };

  /** @param {string} sentence what was done */
  const say = (sentence) => {
    part('[role=status]').textContent = sentence;
    // A long dialog in a narrow window is scrolled: what was done must not be said out of sight.
    if (sentence !== '') part('[role=status]').scrollIntoView({ block: 'nearest' });
  };

  /** @param {string} sentence what went wrong, if anything */
  const complain = (sentence) => {
    part('.problem').textContent = sentence;
    part('.problem').hidden = sentence === '';
    if (sentence !== '') part('.problem').scrollIntoView({ block: 'nearest' });
  };

  /**
   * Does something, and says in the dialog what goes wrong with it.
   *
   * @param {() => Promise<void>} action
   */
  const run = async (action) => {
    complain('');
    say('');
    try {
      await action();
    } catch (error) {
      say('');
      complain(sentenceOf(error));
    }
  };

  part('[data-number]').textContent = number;
  document.body.append(dialog);
  dialog.showModal();

  return {
    part,
    say,
    run,
    close: () => dialog.close(),

    /** @param {() => void} listener */
    onClose: (listener) => dialog.addEventListener('close', listener),

    /**
     * Runs an action when a form of the dialog is sent, one at a time.
     *
     * @param {string} selector
     * @param {(sent: (field: string) => string) => Promise<void>} action is told what stands in a field; the value of the
     *   button that was pressed is one of them
     */
    onSubmit(selector, action) {
      part(selector).addEventListener('submit', (event) => {
        event.preventDefault();
        if (dialog.dataset.busy !== undefined) return;
        const form = /** @type {HTMLFormElement} */ (event.currentTarget);
        const sent = new FormData(form, event.submitter);
        dialog.dataset.busy = '';
        void run(() =>
          action((field) => {
            const text = sent.get(field);
            return typeof text === 'string' ? text.trim() : '';
          }),
        ).finally(() => delete dialog.dataset.busy);
      });
    },
  };
}

/**
 * The row may be drawn anew now or in a moment, and the button that the browser remembers with it; or what the button was for
 * is done, and it is gone.
 *
 * @param {string | undefined} opener id of the button that opened the dialog
 */
function giveFocusBack(opener) {
  const back = () => {
    if (document.activeElement !== document.body) return;
    ((opener && document.getElementById(opener)) || byId('add')).focus();
  };
  back();
  const rows = new MutationObserver(back);
  for (const id of ['numbers', 'claims']) rows.observe(byId(id), { childList: true, subtree: true });
  // The tables are filled anew every three seconds: what was not drawn by then is not drawn for this.
  window.setTimeout(() => rows.disconnect(), 5000);
}

/** @param {string} name */
function copyOf(name) {
  const template = byId(`${name}-dialog`);
  if (template instanceof HTMLTemplateElement) {
    const dialog = document.importNode(template.content, true).querySelector('dialog');
    if (dialog !== null) return dialog;
  }
  throw new Error(`The page has no dialog ${name}`);
}
