import { isRecord } from '../domain/read-account-event.ts';

const mostFields = 10;

/** Which fields a webhook is about, by their names alone: `messages security`. What is no such name is `?`. */
export function fieldsOf({ entry }: Record<string, unknown>): string {
  const entries: unknown[] = Array.isArray(entry) ? entry : [];
  const names = entries.flatMap((one) => {
    const changes: unknown = isRecord(one) ? one['changes'] : undefined;
    return Array.isArray(changes) ? changes.map(nameOf) : ['?'];
  });
  return [...new Set(names)].slice(0, mostFields).join(' ');
}

function nameOf(change: unknown): string {
  const field = isRecord(change) ? change['field'] : undefined;
  return typeof field === 'string' && /^[a-z_]{1,60}$/.test(field) ? field : '?';
}
