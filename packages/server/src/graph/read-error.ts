import { z } from 'zod';
import { day, hour, minute, second } from '../domain/durations.ts';
import { graphAdvice } from '../ports/graph-advice.ts';
import type { GraphError } from '../ports/graph-error.ts';
import { graphError } from '../ports/graph-errors.ts';
import { classifyError } from './classify-error.ts';
import type { CallClass, Meaning, Refusal } from './graph-request.ts';
import { maskSecrets } from './mask-secrets.ts';
import { boundedWait, type Usage } from './usage-headers.ts';

const text = z.string().optional().catch(undefined);
/** A number or its digits. `null` and an empty text are no code, and must not become code 0. */
const whole = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const envelope = z.object({
  error: z.object({
    message: text,
    code: whole,
    error_subcode: whole,
    fbtrace_id: text,
    error_user_title: text,
    error_user_msg: text,
    error_data: z.object({ details: text }).optional().catch(undefined),
  }),
});

/** An answer of Meta's that is a refusal, or that is none of its documented answers. */
export interface FailedAnswer {
  action: string;
  status: number;
  /** The parsed JSON, or `undefined` when it was no JSON. */
  body: unknown;
  usage: Usage;
  /** Milliseconds UTC. */
  now: number;
  repeat: CallClass;
  /** What must not be seen, even when Meta repeats it. */
  secrets: readonly string[];
  meaningHere?: ((refusal: Refusal) => Meaning | undefined) | undefined;
}

/** An error, and what is over its limit when Meta throttles. */
export interface ReadFailure {
  error: GraphError;
  limitOf: Meaning['limitOf'];
  /** How long to wait, milliseconds. `named`: Meta said so, in a header or in words; else it is what is usual. */
  wait: { ms: number; named: boolean } | undefined;
}

/**
 * Makes the error of a refusal. Meta's `message` and `details` are looked at, and left out: they can repeat what was sent, a
 * code or a PIN.
 */
export function readError(answer: FailedAnswer): ReadFailure {
  const { action, status, body, usage, now, repeat, secrets } = answer;
  const parsed = envelope.safeParse(body);
  const error = parsed.success ? parsed.data.error : undefined;
  const details = error?.error_data?.details ?? '';
  const meaning = classifyError(
    {
      status,
      code: error?.code,
      subcode: error?.error_subcode,
      words: [error?.message, error?.error_user_title, error?.error_user_msg, details].join('\n'),
    },
    answer.meaningHere,
  );
  const { kind } = meaning;
  const harmlessTwice = repeat === 'read' || repeat === 'idempotent';
  const wait = waitOf(meaning, usage, kind === 'pin_locked' ? details : '');
  const code =
    error?.code === undefined
      ? `HTTP ${status}`
      : `code ${error.code}${error.error_subcode === undefined ? '' : `/${error.error_subcode}`}`;
  const masked = (words: string | undefined) => maskSecrets(words, secrets);
  return {
    limitOf: meaning.limitOf,
    wait,
    error: graphError(`Meta refused to ${action} (${code}, ${kind}).`, {
      kind,
      action,
      status,
      code: error?.code,
      subcode: error?.error_subcode,
      traceId: masked(error?.fbtrace_id),
      userTitle: masked(error?.error_user_title),
      userMessage: masked(error?.error_user_msg),
      retryAt: wait === undefined ? undefined : now + wait.ms,
      sent: true,
      harmlessTwice,
      // "Try again in a moment" is not said of a call that may have been done, and would be done twice.
      advice: meaning.advice ?? (kind === 'transient' ? transientAdvice[repeat] : undefined),
    }),
  };
}

const transientAdvice: Readonly<Partial<Record<CallClass, string>>> = {
  costly: graphAdvice.unreadable,
  counted: graphAdvice.unreadable,
  code: 'The code may be spent: have the customer sign up again.',
};

/** Headers are exact, the words of `details` say something, the table knows what is usual. */
function waitOf(meaning: Meaning, usage: Usage, details: string): ReadFailure['wait'] {
  const { kind, waitMs } = meaning;
  const regain = kind === 'throttled' ? usage.objects.map(({ regainMs }) => regainMs) : [];
  const ofHeaders = kind === 'throttled' || kind === 'transient' || kind === 'unreadable';
  const named = ofHeaders ? boundedWait(Math.max(usage.retryAfterMs ?? 0, ...regain)) : waitInWords(details);
  if (named !== undefined) return { ms: named, named: true };
  return waitMs === undefined ? undefined : { ms: waitMs, named: false };
}

const units = { second, minute, hour, day };

/** Such as "try again in 12 hours": what the details of a locked PIN say. */
function waitInWords(words: string): number | undefined {
  const [, count, unit] = /\b(\d{1,4})\s*(second|minute|hour|day)s?\b/i.exec(words) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  // The expression names only these units.
  return boundedWait(Number(count) * (units[unit.toLowerCase() as keyof typeof units] ?? 0));
}
