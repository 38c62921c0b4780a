import type { AccountEvent } from '../domain/account-event.ts';
import { isRecord, readAccountEvent, type AccountEventContext } from '../domain/read-account-event.ts';
import type { AccountChange } from '../ports/accounts.ts';
import { contentMark } from './content-mark.ts';

/** A webhook in two parts. */
export interface SplitWebhook {
  /** What the kit acts on. */
  changes: AccountChange[];
  /** Meta's envelope with everything else; `undefined` when there is nothing else. */
  others: Record<string, unknown> | undefined;
}

/** Takes what the kit acts on out of a webhook, whatever else Meta put into the same delivery. */
export function splitWebhook(body: Record<string, unknown>, context: AccountEventContext): SplitWebhook {
  const entries: unknown[] = Array.isArray(body['entry']) ? body['entry'] : [];
  const changes: AccountChange[] = [];
  const rest = entries.flatMap((entry) => {
    if (!isRecord(entry) || !Array.isArray(entry['changes'])) return [entry];
    const kept = entry['changes'].filter((change: unknown) => {
      const event = eventOf(entry, change, context);
      if (event === undefined) return true;
      const mark = contentMark([context.appId, context.businessId, entry['id'], entry['time'], change]);
      changes.push({ mark, event });
      return false;
    });
    return kept.length === 0 && entry['changes'].length > 0 ? [] : [{ ...entry, changes: kept }];
  });
  const nothingElse = rest.length === 0 && entries.length > 0;
  return { changes, others: nothingElse ? undefined : { ...body, entry: rest } };
}

function eventOf(
  entry: Record<string, unknown>,
  change: unknown,
  context: AccountEventContext,
): AccountEvent | undefined {
  if (!isRecord(change)) return undefined;
  const { field, value } = change;
  return readAccountEvent({ entryId: entry['id'], entryTime: entry['time'], field, value }, context);
}
