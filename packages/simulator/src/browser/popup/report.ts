import { problemMessage } from '../../signup/session-log.ts';
import { momentOf, type Simulation } from '../../world/simulation.ts';
import type { Dialog, QuestionName } from './dialog.ts';
import { html, type Html } from './page/html.ts';
import { choice, page, problemLine } from './page/layout.ts';
import type { Form } from './step.ts';

const TEXT_LIMIT = 300;

/** A few of the documented codes (Embedded Signup errors page), with words of our own: the page's are not quoted. */
const PROBLEMS = [
  { code: '2388091', label: 'I get no verification code' },
  { code: '2388093', label: 'My code is not accepted' },
  { code: '2388002', label: 'My number cannot be added' },
  { code: '2388098', label: 'My business may not have another account' },
  { code: '2494091', label: 'My provider’s business is not verified' },
  { code: '1675030', label: 'Something else' },
] as const;

/** Lets the customer go on where they were. */
function goBack(dialog: Dialog): void {
  dialog.step = dialog.reportedFrom ?? 'log-in';
  dialog.reportedFrom = undefined;
}

/** Leaves a screen for the report, keeping what was typed on it. */
export function beginReport(dialog: Dialog, from: QuestionName, form: Form): void {
  dialog.typed = form;
  dialog.reportedFrom = from;
  dialog.step = 'report';
}

/** A small form: what went wrong, and words about it. */
export function reportScreen(dialog: Dialog): Html {
  const title = 'Report a problem';
  const content = html`<h1>${title}</h1>
    <p class="intro">Your provider is told at once. You can go on afterwards.</p>
    ${problemLine(dialog.problem)}
    <form method="post" action="/dialog/${dialog.id}/report">
      <fieldset class="compact">
        <legend>What went wrong?</legend>
        ${PROBLEMS.map(({ code, label }, index) =>
          choice({
            name: 'errorCode',
            value: code,
            label,
            detail: `Error ${code}`,
            checked: index === 0,
            focused: index === 0,
          }),
        )}
      </fieldset>
      <label for="errorText">In your words (optional)</label>
      <input id="errorText" name="errorText" maxlength="${TEXT_LIMIT}" autocomplete="off" />
      <button class="main" name="action" value="send">Send report</button>
      <div class="others">
        <button class="quiet" name="action" value="back" formnovalidate>Back</button>
      </div>
    </form>`;
  return page({ name: 'report', title, content, hasProblem: dialog.problem !== undefined });
}

/** Posts the report with the next screen, which is the one the customer came from. Nothing else changes. */
export function submitReport(simulation: Simulation, dialog: Dialog, form: Form): void {
  dialog.problem = undefined;
  dialog.notice = undefined;
  if (form['action'] === 'back') {
    goBack(dialog);
    return;
  }
  const chosen = PROBLEMS.find(({ code }) => code === form['errorCode']);
  if (chosen === undefined) {
    dialog.problem = 'Choose what went wrong.';
    return;
  }
  const { features } = dialog.launch;
  dialog.sessionId ??= simulation.ids.dialogId();
  const words = form['errorText']?.trim().slice(0, TEXT_LIMIT) ?? '';
  const message = problemMessage(
    {
      event: 'CANCEL',
      code: chosen.code,
      message: words === '' ? chosen.label : words,
      sessionId: dialog.sessionId,
      at: momentOf(simulation).now,
      codeMember: 'error_code',
      topLevel: false,
    },
    features.form,
  );
  if (!features.silent) dialog.unposted = [...dialog.unposted, message];
  dialog.notice = 'Thank you. Your report was sent; you can go on.';
  goBack(dialog);
}
