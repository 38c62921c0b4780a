import type { Json } from '../json.ts';
import type { ChangeShape } from '../world/webhook-state.ts';
import { destinationOf, type Subject } from './destination.ts';
import type { World } from '../world/world.ts';

/** An event as a webhook tells it. */
export interface Report extends Subject {
  readonly entryId: string;
  readonly value: Json;
  /** @default 'regular' */
  readonly shape?: ChangeShape;
}

/** What became of a report. */
export interface ReportedEvent {
  readonly field: string;
  readonly entryId: string;
  readonly value: Json;
  /** The callback it is sent to; undefined when it is sent to nobody. */
  readonly url: string | undefined;
  /** Why it is sent to nobody. */
  readonly reason?: string;
}

/** Queues a report for delivery, if there is anybody to tell. Throws TypeError for a value that is no JSON. */
export function queueReport({ world, now }: { world: World; now: number }, report: Report): ReportedEvent {
  const { field, entryId, value, shape = 'regular' } = report;
  requireWritable(value);
  const destination = destinationOf(world, report);
  if ('reason' in destination) return { field, entryId, value, url: undefined, ...destination };
  const { webhook } = world;
  const { url } = destination;
  webhook.changes.push({
    at: now,
    dueAt: now + webhook.delivery.delayMs,
    url,
    entryId,
    field,
    value,
    shape,
  });
  return { field, entryId, value, url };
}

function requireWritable(value: Json): void {
  try {
    JSON.stringify(value);
  } catch (cause) {
    throw new TypeError('value must be something that can be written as JSON, and not nested too deeply', {
      cause,
    });
  }
}
