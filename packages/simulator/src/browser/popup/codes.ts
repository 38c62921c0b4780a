import { sendSignupCode } from '../../signup/signup-code.ts';
import { momentOf, type Simulation } from '../../world/simulation.ts';
import type { Dialog } from './dialog.ts';

/** Sends a code to the number that was chosen, or says that it had too many already. */
export function sendCode(simulation: Simulation, dialog: Dialog, digits: string): void {
  if (sendSignupCode(momentOf(simulation), digits) === 'sent') return;
  const hours = hoursText(simulation.settings.assumptions.codeRequestWindowHours);
  dialog.problem = `Too many codes were sent to this number, so no new one was sent. Enter the newest one you have, or try again in about ${hours}.`;
}

/** What a customer is told when their code does not help. */
export function codeProblem(simulation: Simulation, outcome: 'wrong' | 'late' | 'locked'): string {
  if (outcome === 'late') return 'This code has expired. Send a new one.';
  if (outcome === 'wrong') return 'This is not the right code. Check it and try again.';
  const hours = hoursText(simulation.settings.assumptions.wrongCodeLockHours);
  return `There were too many wrong codes for this number. It is locked: no code helps now. Try again in about ${hours}, or choose another number.`;
}

function hoursText(hours: number): string {
  return hours === 1 ? 'one hour' : `${hours} hours`;
}
