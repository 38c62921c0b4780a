import { z } from 'zod';
import { minute } from '../domain/durations.ts';
import { GraphError } from '../ports/graph-error.ts';
import { classifyError } from './classify-error.ts';

const envelope = z.object({
  error: z.object({
    message: z.string().optional(),
    code: z.coerce.number().optional(),
    error_subcode: z.coerce.number().optional(),
    fbtrace_id: z.string().optional(),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
  }),
});

const usage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })),
);

/** An answer of Meta's that is a refusal, or that is none of its documented answers. */
export interface FailedAnswer {
  action: string;
  status: number;
  /** The parsed JSON, or `undefined` when it was no JSON. */
  body: unknown;
  /** `X-Business-Use-Case-Usage`. */
  usageHeader: string | undefined;
  /** Milliseconds UTC. */
  now: number;
}

/** Makes the error of a refusal. Meta's `message` is left out: it can repeat what was sent, a code or a PIN. */
export function readError({ action, status, body, usageHeader, now }: FailedAnswer): GraphError {
  const parsed = envelope.safeParse(body);
  const error = parsed.success ? parsed.data.error : undefined;
  const { kind, waitMs } = classifyError(status, {
    code: error?.code,
    subcode: error?.error_subcode,
  });
  const regainMs = kind === 'throttled' ? regainTime(usageHeader) : undefined;
  const wait = regainMs ?? waitMs;
  const code =
    error?.code === undefined
      ? `HTTP ${status}`
      : `code ${error.code}${error.error_subcode === undefined ? '' : `/${error.error_subcode}`}`;
  return new GraphError(`Meta refused to ${action} (${code}, ${kind}).`, {
    kind,
    action,
    status,
    code: error?.code,
    subcode: error?.error_subcode,
    traceId: error?.fbtrace_id,
    userTitle: error?.error_user_title,
    userMessage: error?.error_user_msg,
    retryAt: wait === undefined ? undefined : now + wait,
  });
}

/** The longest time to regain access, in milliseconds; the header has it in minutes. */
function regainTime(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  try {
    const minutes = Object.values(usage.parse(JSON.parse(header)))
      .flat()
      .map((entry) => entry.estimated_time_to_regain_access ?? 0);
    const longest = Math.max(0, ...minutes);
    return longest > 0 ? longest * minute : undefined;
  } catch {
    return undefined;
  }
}
