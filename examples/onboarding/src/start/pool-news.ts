import type { EmbeddedSignupOptions, HostEvent } from '@embedded-signup-kit/server';

/** What docs/host-events.md says these events bring. */
interface PoolData {
  number?: { displayPhoneNumber: string };
  daysLeft?: number;
  country?: string;
  free?: number;
  low?: number;
}

/** What this site does when the pool needs a hand: it writes a line. Yours may write a ticket, or buy numbers. */
export const poolNews = {
  numberExpiring: tell(({ number, daysLeft = 0 }) =>
    daysLeft > 0
      ? `${number?.displayPhoneNumber} is verified for ${daysLeft} more days: verify it again.`
      : `${number?.displayPhoneNumber} is verified no longer, and is not offered: verify it again.`,
  ),
  numberUnverified: tell(
    ({ number, daysLeft }) =>
      `${number?.displayPhoneNumber} was never verified, and Meta drops it in ${daysLeft} days.`,
  ),
  poolLow: tell(
    ({ country = 'any country', free, low }) =>
      `${free} numbers of ${country} are free, and there should be ${low}: add some.`,
  ),
} satisfies EmbeddedSignupOptions['on'];

function tell(lineOf: (data: PoolData) => string): (event: HostEvent) => void {
  return ({ type, data }) => console.log(`${type}: ${lineOf(data)}`);
}
