import { z } from 'zod';
import { minute } from '../domain/durations.ts';

/** What an answer's headers say about limits. */
export interface Usage {
  /** Per business object of `X-Business-Use-Case-Usage`: the highest of all its percentages, and how long to stay away. */
  objects: { id: string; percent: number; regainMs: number }[];
  /** The highest percentage of `X-App-Usage`, when the header was there. */
  appPercent: number | undefined;
  /** `Retry-After`, in milliseconds. Meta does not document it; a proxy in between may send it. */
  retryAfterMs: number | undefined;
}

/** Headers as undici gives them: lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

const percent = z.number().nonnegative().catch(0);
const spent = { call_count: percent, total_cputime: percent, total_time: percent };
const appUsage = z.object(spent);
const objectUsage = z.record(
  z.string(),
  z.array(z.object({ ...spent, estimated_time_to_regain_access: z.number().nonnegative().catch(0) })),
);

/**
 * Reads the limits (Meta, "Rate limits"). `estimated_time_to_regain_access` is in minutes. A header that cannot be read
 * says nothing.
 */
export function readUsage(headers: Headers, now: number): Usage {
  const app = appUsage.safeParse(json(headers['x-app-usage']));
  const objects = objectUsage.safeParse(json(headers['x-business-use-case-usage']));
  return {
    appPercent: app.success ? highest(app.data) : undefined,
    objects: Object.entries(objects.success ? objects.data : {}).map(([id, entries]) => ({
      id,
      percent: Math.max(0, ...entries.map(highest)),
      regainMs: Math.max(0, ...entries.map((entry) => entry.estimated_time_to_regain_access)) * minute,
    })),
    retryAfterMs: retryAfter(headers['retry-after'], now),
  };
}

function highest(entry: z.output<typeof appUsage>): number {
  return Math.max(entry.call_count, entry.total_cputime, entry.total_time);
}

function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function json(header: string | string[] | undefined): unknown {
  if (typeof header !== 'string') return undefined;
  try {
    return JSON.parse(header);
  } catch {
    return undefined;
  }
}
