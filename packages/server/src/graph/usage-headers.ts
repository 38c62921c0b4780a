import { hour, minute, second } from '../domain/durations.ts';

/** What an answer's headers say about limits. */
export interface Usage {
  /** Per business object of `X-Business-Use-Case-Usage`: the highest of all its percentages, and how long to stay away. */
  objects: { id: string; percent: number; regainMs: number }[];
  /** The highest percentage of `X-App-Usage`, when the header was there. */
  appPercent: number | undefined;
  /** `Retry-After`, in milliseconds. Meta does not document it; a proxy in between may send it. */
  retryAfterMs: number | undefined;
}

/** Headers as undici gives them: lower case, and a list where one came several times. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Meta's longest documented wait. A longer one is a mistake of whoever wrote the header, and would close a client for years. */
const longest = 72 * hour;

/** A wait in whole milliseconds, 72 hours at most; `undefined` for what is no wait: nothing, less than nothing, for ever. */
export function boundedWait(ms: number): number | undefined {
  return Number.isFinite(ms) && ms > 0 ? Math.min(Math.ceil(ms), longest) : undefined;
}

/**
 * Reads the limits (Meta, "Rate limits"). `estimated_time_to_regain_access` is in minutes. What cannot be read says nothing,
 * and takes nothing away from what stands beside it.
 */
export function readUsage(headers: Headers, now: number): Usage {
  const app = texts(headers['x-app-usage']).map(json).filter(isRecord);
  const objects = new Map<string, Entry[]>();
  for (const header of texts(headers['x-business-use-case-usage']).map(json).filter(isRecord)) {
    for (const [id, value] of Object.entries(header)) {
      const entries = (Array.isArray(value) ? value : []).filter(isRecord);
      objects.set(id, [...(objects.get(id) ?? []), ...entries]);
    }
  }
  return {
    appPercent: app.length === 0 ? undefined : highest(app.map(percentOf)),
    objects: Array.from(objects, ([id, entries]) => ({
      id,
      percent: highest(entries.map(percentOf)),
      regainMs: highest(entries.map(regainOf)),
    })),
    retryAfterMs: highest(texts(headers['retry-after']).map((one) => retryAfter(one, now))) || undefined,
  };
}

type Entry = Record<string, unknown>;

const isRecord = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = (header: string | string[] | undefined): string[] =>
  header === undefined ? [] : typeof header === 'string' ? [header] : header;

const highest = (values: readonly number[]): number => values.reduce((one, other) => Math.max(one, other), 0);

const percentOf = (entry: Entry): number =>
  highest([entry['call_count'], entry['total_cputime'], entry['total_time']].map(amount));

/** Finite minutes may still be more milliseconds than a number holds. */
const regainOf = (entry: Entry): number =>
  boundedWait(Math.min(amount(entry['estimated_time_to_regain_access']) * minute, longest)) ?? 0;

/** A number above 0, or the digits of one; else 0. */
function amount(value: unknown): number {
  const number = typeof value === 'string' && /^\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : 0;
}

/** The form of dates that HTTP prescribes. `Date.parse` would take `1.5` and `-1` for dates as well. */
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** 0 says nothing: "come back at once" is no answer to a limit. */
function retryAfter(text: string, now: number): number {
  if (/^\d{1,15}$/.test(text)) return boundedWait(Number(text) * second) ?? 0;
  return httpDate.test(text) ? (boundedWait(Date.parse(text) - now) ?? 0) : 0;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
