import { ownValue } from './own-value.ts';
import type { FinishData } from '@embedded-signup-kit/protocol';

const most = 50;

// Digit strings only: ids pass 2^53, so one that came as a number may already be somebody else's.
const isId = (value: unknown) => typeof value === 'string' && /^[0-9]{1,20}$/.test(value);

/** The ids of a finish, single or several. Whatever is no id is dropped: Meta fills unused places with null. */
export function readFinishData(data: unknown): FinishData {
  // By the tests below, names and values are what they have to be; ids of assets yet unknown ride along.
  const ids: Record<string, unknown> = {};
  for (const key of Object.keys(Object(data)).slice(0, most)) {
    const value = ownValue(data, key);
    if (key.endsWith('_id') && isId(value)) ids[key] = value;
    if (key.endsWith('_ids') && Array.isArray(value)) ids[key] = value.slice(0, most).filter(isId);
  }
  return ids;
}
