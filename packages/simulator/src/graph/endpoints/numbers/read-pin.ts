import { invalidParameter } from '../../errors/general-errors.ts';

/** A two-step PIN: six digits. Throws GraphError 100 for anything else. */
export function readPin(pin: string): string {
  if (!/^\d{6}$/.test(pin)) throw invalidParameter('pin must be six digits');
  return pin;
}
