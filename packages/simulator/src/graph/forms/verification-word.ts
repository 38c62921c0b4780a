import type { Simulation } from '../../world/simulation.ts';
import type { CodeVerificationStatus } from '../../world/numbers/preverified-number.ts';

/** `code_verification_status` as Meta writes it; for a lapsed verification the documents have three words. */
export function verificationWord(
  status: CodeVerificationStatus,
  { settings }: Pick<Simulation, 'settings'>,
): string {
  return status === 'EXPIRED' ? settings.assumptions.lapsedStatus : status;
}
