import { SECOND } from '../../clock/units.ts';
import { isJsonObject, type Json } from '../../json.ts';
import type { QueuedChange } from '../../world/webhook-state.ts';

const OBJECT = 'whatsapp_business_account';

/**
 * The body for some changes, as it is sent and signed: everything outside ASCII as `\uXXXX` in lower case. Changes
 * of one account that follow each other share an entry. Changes in one of the odd shapes must come alone.
 */
export function writeBody(changes: readonly QueuedChange[]): string {
  const [first] = changes;
  const body =
    first === undefined || first.shape === 'regular'
      ? { object: OBJECT, entry: entriesOf(changes) }
      : { entry: [oddEntry(first)] };
  return escapeUnicode(JSON.stringify(body));
}

function entriesOf(changes: readonly QueuedChange[]): Json {
  const entries: { id: string; time: number | undefined; changes: { value: Json; field: string }[] }[] = [];
  for (const change of changes) {
    const { entryId: id, value, field } = change;
    const time = timeOf(change);
    const last = entries.at(-1);
    if (last?.id === id && last.time === time) last.changes.push({ value, field });
    else entries.push({ id, time, changes: [{ value, field }] });
  }
  return entries;
}

/** Seconds. The samples of message webhooks have no time on their entries (phone numbers guide), all others do. */
function timeOf({ field, at }: QueuedChange): number | undefined {
  return field === 'messages' ? undefined : Math.floor(at / SECOND);
}

function oddEntry(change: QueuedChange): Json {
  const { entryId: id, value, field, shape } = change;
  const misplaced = { field, object: OBJECT };
  const time = timeOf(change);
  if (shape === 'on-entry') return { id, time, changes: [{ value }], ...misplaced };
  return { id, time, changes: [{ value: isJsonObject(value) ? { ...value, ...misplaced } : value }] };
}

/** Meta signs and sends the escaped form of what is not ASCII. */
function escapeUnicode(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
