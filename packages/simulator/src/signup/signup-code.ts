import { mayRequestCode } from '../world/codes/code-attempts.ts';
import { sendOneTimeCode } from '../world/codes/send-one-time-code.ts';
import type { Moment } from '../world/simulation.ts';
import { useOneTimeCode, type CodeOutcome } from '../world/codes/use-one-time-code.ts';

/** Sends the popup's text message to a number, unless it got too many codes lately; popup and API share a count. */
export function sendSignupCode(moment: Moment, digits: string): 'sent' | 'too-many' {
  if (!mayRequestCode(moment, digits)) return 'too-many';
  sendOneTimeCode(moment, { digits, method: 'SMS', language: 'en_US' });
  return 'sent';
}

/** Enters a code as people type it: the text shows it as `123-456`. */
export function enterSignupCode(moment: Moment, digits: string, code: string): CodeOutcome {
  return useOneTimeCode(moment, { digits, code: code.replace(/[\s-]/g, '') });
}
