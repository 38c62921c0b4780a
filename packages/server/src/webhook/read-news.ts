import type { IdentityEvidence } from '../domain/customer-identity.ts';
import type { NumberNews } from '../domain/number-news.ts';
import { isRecord } from '../domain/read-account-event.ts';
import { readIdentityEvidence } from '../domain/read-identity-evidence.ts';
import { readNumberNews } from '../domain/read-number-news.ts';
import { isOfAccounts } from './is-of-accounts.ts';

/** What a webhook says beside the accounts' events. The host hears of all of it as well. */
export interface News {
  identities: IdentityEvidence[];
  numbers: NumberNews[];
  /** How many hashes were left out for their time: it is missing, or our clock is behind. */
  leftOut: number;
}

/**
 * Reads what a webhook says about numbers in service and about who their customers are. Nothing of it is taken out of the webhook.
 *
 * @param now milliseconds UTC
 */
export function readNews(body: Record<string, unknown>, now: number): News {
  const news: News = { identities: [], numbers: [], leftOut: 0 };
  const entries: unknown[] = Array.isArray(body['entry']) ? body['entry'] : [];
  for (const entry of entries) {
    if (!isRecord(entry) || !Array.isArray(entry['changes']) || !isOfAccounts(body, entry)) continue;
    const changes: unknown[] = entry['changes'];
    for (const change of changes) {
      if (!isRecord(change)) continue;
      const { id: entryId, time: entryTime } = entry;
      // One of Meta's examples has it on the entry.
      const field = change['field'] ?? entry['field'];
      const read = { entryId, entryTime, field, value: change['value'] };
      const onLeftOut = () => {
        news.leftOut += 1;
      };
      // One by one: spread as arguments, so many as a webhook may have would be too many.
      for (const one of readIdentityEvidence(read, now, onLeftOut)) news.identities.push(one);
      for (const one of readNumberNews(read, now)) news.numbers.push(one);
    }
  }
  return news;
}
