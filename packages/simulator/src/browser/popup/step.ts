import type { CurrentStep } from '../../signup/session-log.ts';
import type { Simulation } from '../../world/simulation.ts';
import type { Dialog, DialogStep } from './dialog.ts';
import type { Html } from './page/html.ts';

/** The fields of a submitted screen. */
export type Form = Readonly<Record<string, string>>;

/** One screen that asks something, and what its answer does. */
export interface Step {
  /** What CANCEL names as `current_step`. The log-in has no documented value and uses the first one. */
  readonly currentStep: CurrentStep;
  /** Where "Back" leads; the first screen has none. */
  back?(dialog: Dialog): DialogStep;
  screen(simulation: Simulation, dialog: Dialog): Html;
  /** Moves the dialog on, or sets its `problem` and leaves it where it is. */
  submit(simulation: Simulation, dialog: Dialog, form: Form): void;
}
