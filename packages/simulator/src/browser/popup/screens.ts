import { cancelMessage } from '../../signup/session-log.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Dialog, DialogStep, QuestionName } from './dialog.ts';
import type { Html } from './page/html.ts';
import { handOverPage } from './hand-over/last-screens.ts';
import { beginReport, reportScreen, submitReport } from './report.ts';
import type { Form, Step } from './step.ts';
import { business } from './steps/business.ts';
import { logIn } from './steps/log-in.ts';
import { number } from './steps/number.ts';
import { review } from './steps/review.ts';
import { verification } from './steps/verification.ts';

const STEPS: Readonly<Record<QuestionName, Step>> = {
  'log-in': logIn,
  business,
  number,
  verification,
  review,
};

/** The screen a customer sees at the moment. */
export function presentScreen(simulation: Simulation, dialog: Dialog): Html {
  const { step } = dialog;
  if (step === 'report') return reportScreen(dialog);
  return isQuestion(step)
    ? STEPS[step].screen(simulation, dialog)
    : handOverPage(simulation.settings, dialog);
}

/** Does what a button of the present screen asks for. */
export function submitScreen(simulation: Simulation, dialog: Dialog, form: Form): void {
  const { step, launch } = dialog;
  if (step === 'report') {
    submitReport(simulation, dialog, form);
    return;
  }
  if (!isQuestion(step)) return;
  const { currentStep, back, submit } = STEPS[step];
  dialog.problem = undefined;
  dialog.notice = undefined;
  dialog.typed = {};
  switch (form['action']) {
    case 'cancel':
      dialog.handOver = {
        messages: launch.features.silent ? [] : [cancelMessage(currentStep, launch.features.form)],
        code: undefined,
      };
      dialog.step = 'cancelled';
      break;
    case 'back':
      dialog.step = back?.(dialog) ?? step;
      break;
    case 'report':
      beginReport(dialog, step, form);
      break;
    default:
      submit(simulation, dialog, form);
      if (dialog.problem !== undefined) dialog.typed = form;
  }
}

function isQuestion(step: DialogStep): step is QuestionName {
  return Object.hasOwn(STEPS, step);
}
