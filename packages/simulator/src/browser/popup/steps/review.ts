import { finishSignup } from '../../../signup/finish-signup.ts';
import { finishMessage } from '../../../signup/session-log.ts';
import { momentOf } from '../../../world/simulation.ts';
import { existingAccount } from '../accounts.ts';
import { choicesOf, tellRefusal } from '../choices.ts';
import { html } from '../page/html.ts';
import { beforeReview } from '../path.ts';
import { questionPage } from '../page/question-page.ts';
import { reviewRows } from '../review-rows.ts';
import type { Step } from '../step.ts';

/** What was chosen and what is granted; Finish does it all at once. */
export const review: Step = {
  currentStep: 'PERMISSIONS',
  back: beforeReview,

  screen(simulation, dialog) {
    const account = existingAccount(simulation.world, dialog);
    return questionPage(simulation, dialog, {
      name: 'review',
      title: 'Review and finish',
      intro:
        account === undefined
          ? 'A WhatsApp Business account is created and shared with the app of your provider.'
          : 'Your WhatsApp Business account is shared with the app of your provider.',
      proceed: 'Finish',
      proceedFocused: true,
      canGoBack: true,
      fields: html`<dl>
          ${reviewRows(simulation, dialog).map(
            ([term, value]) =>
              html`<dt>${term}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
        <h2>The app will be allowed to</h2>
        <ul>
          <li>Manage your WhatsApp Business account</li>
          <li>Send and receive WhatsApp messages for it</li>
        </ul>`,
    });
  },

  submit(simulation, dialog) {
    const choices = choicesOf(simulation, dialog);
    if (choices === undefined) {
      dialog.step = 'log-in';
      return;
    }
    const finished = finishSignup(momentOf(simulation), choices);
    if (typeof finished === 'string') {
      tellRefusal(dialog, finished);
      return;
    }
    const { silent, form } = dialog.launch.features;
    const namesNumber = simulation.settings.assumptions.partialFinishNamesNumber;
    dialog.handOver = {
      messages: silent ? [] : [finishMessage(choices.finish, finished, form, { namesNumber })],
      code: finished.code,
    };
    dialog.step = 'finished';
  },
};
