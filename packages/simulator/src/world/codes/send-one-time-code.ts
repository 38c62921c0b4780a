import { e164Of } from '../../phone/phone-number.ts';
import type { CodeMethod, InboxMessage } from './one-time-code.ts';
import type { Moment } from '../simulation.ts';
import { attemptsOf } from './code-attempts.ts';

/** Sends a new code to a number, however many it got before; an older one is worth nothing from then on. */
export function sendOneTimeCode(
  moment: Moment,
  { digits, method, language }: { digits: string; method: CodeMethod; language: string },
): InboxMessage {
  const { world, ids, now } = moment;
  const code = ids.oneTimeCode();
  const spoken = `Verification code is ${code}`;
  const text =
    method === 'SMS'
      ? `WhatsApp code ${code.slice(0, 3)}-${code.slice(3)}`
      : Array(3).fill(spoken).join('. ');
  const message: InboxMessage = { to: e164Of(digits), method, text, code, language, sentAt: now };
  world.oneTimeCodes.set(digits, { code, sentAt: now });
  world.inbox.push(message);
  attemptsOf(moment, digits).codesSentAt.push(now);
  moment.tell({ kind: 'code-sent', digits, method, text });
  return message;
}
