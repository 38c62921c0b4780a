import type { AccountEvent } from '../domain/account-event.ts';
import { isRecord, readAccountEvent, type AccountEventContext } from '../domain/read-account-event.ts';
import type { AccountChange } from '../ports/accounts.ts';
import { contentMark } from './content-mark.ts';
import { isOfAccounts } from './is-of-accounts.ts';

/** A webhook in two parts. */
export interface SplitWebhook {
  /** What the kit acts on. */
  changes: AccountChange[];
  /** Meta's envelope with everything else; `undefined` when there is nothing else, or nothing at all. */
  others: Record<string, unknown> | undefined;
}

type Members = Record<string, unknown>;

/** Takes what the kit acts on out of a webhook, whatever else Meta put into the same delivery. */
export function splitWebhook(body: Members, context: AccountEventContext): SplitWebhook {
  if (!Array.isArray(body['entry'])) return { changes: [], others: body };
  const changes: AccountChange[] = [];
  const entries: unknown[] = body['entry'];
  const rest = entries.flatMap((entry) => {
    if (!isRecord(entry) || !Array.isArray(entry['changes']) || !isOfAccounts(body, entry)) return [entry];
    const kept = entry['changes'].filter((change: unknown) => {
      const ours = accountChange(entry, change, context);
      if (ours !== undefined) changes.push(ours);
      return ours === undefined;
    });
    return kept.length === 0 && entry['changes'].length > 0 ? [] : [{ ...entry, changes: kept }];
  });
  return { changes, others: rest.length === 0 ? undefined : { ...body, entry: rest } };
}

function accountChange(
  entry: Members,
  change: unknown,
  context: AccountEventContext,
): AccountChange | undefined {
  if (!isRecord(change)) return undefined;
  const { id, time } = entry;
  const { value } = change;
  // One of Meta's examples has it on the entry.
  const field = change['field'] ?? entry['field'];
  const event: AccountEvent | undefined = readAccountEvent(
    { entryId: id, entryTime: time, field, value },
    context,
  );
  if (event === undefined) return undefined;
  return { mark: contentMark([context.appId, context.businessId, id, time, field, value]), event };
}
