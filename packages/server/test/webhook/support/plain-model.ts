import type { Chance } from '../../support/chance.ts';
import { us } from './intake.ts';

/** One change as Meta reports it, with the entry it stands in. */
export interface ReportedChange {
  entryId: string;
  /** Seconds. */
  time: number;
  field: string;
  value: Record<string, unknown>;
}

/** What is to be known of an account, by the plainest rules there are. Milliseconds UTC. */
export interface PlainAccount {
  wabaId: string;
  ownerBusinessId: string | undefined;
  addedAt: number | undefined;
  removedAt: number | undefined;
  removedNumbers: { phoneNumber: string; at: number }[];
}

const second = 1000;

/** Changes of a week, at random, about some accounts; some of them of other fields, and some twice the same. */
export function reportedChanges(chance: Chance, count: number, since: number): ReportedChange[] {
  const accounts = Math.ceil(count / 8);
  return Array.from({ length: count }, () => {
    const n = chance.below(accounts);
    const wabaId = String(10 ** 14 + n);
    const owner = String(2 * 10 ** 14 + n);
    const waba_info = { waba_id: wabaId, owner_business_id: owner };
    const time = since / second + chance.below(7 * 24 * 3600);
    const portfolio = { entryId: us.businessId, time, field: 'account_update' };
    const account = { ...portfolio, entryId: wabaId };
    const app = { ...waba_info, partner_app_id: us.appId };
    switch (chance.below(10)) {
      case 0:
      case 1:
      case 2:
        return { ...portfolio, value: { event: 'PARTNER_ADDED', waba_info } };
      case 3:
        return { ...portfolio, value: { event: 'PARTNER_APP_INSTALLED', waba_info: app } };
      case 4:
        return { ...portfolio, value: { event: 'PARTNER_REMOVED', waba_info } };
      case 5:
        return { ...portfolio, value: { event: 'PARTNER_APP_UNINSTALLED', waba_info: app } };
      case 6:
        return { ...account, value: { event: 'ACCOUNT_DELETED' } };
      case 7:
        return {
          ...account,
          value: { event: 'PARTNER_REMOVED', phone_number: `1555010${1000 + chance.below(3)}` },
        };
      case 8:
        // Of another app: nothing of ours.
        return {
          ...portfolio,
          value: { event: 'PARTNER_APP_UNINSTALLED', waba_info: { ...waba_info, partner_app_id: '1' } },
        };
      default:
        return { ...account, field: 'messages', value: { text: String(chance.below(1000)) } };
    }
  });
}

/** Whether the kit acts on it. */
export function isActedOn({ field, value }: ReportedChange): boolean {
  const info = value['waba_info'] as { partner_app_id?: string } | undefined; // written above
  return field === 'account_update' && info?.partner_app_id !== '1';
}

/** What makes two changes the same one: their content, whoever carries it. */
export const contentOf = (change: ReportedChange): string => JSON.stringify(change);

/** Where accounts stand after all of that, in whichever order it came. */
export function plainAccounts(changes: readonly ReportedChange[]): PlainAccount[] {
  const accounts = new Map<string, PlainAccount & { numbers: Map<string, number> }>();
  for (const { entryId, time, value } of changes.filter(isActedOn)) {
    const info = value['waba_info'] as { waba_id: string; owner_business_id: string } | undefined; // written above
    const wabaId = info?.waba_id ?? entryId;
    const account = accounts.get(wabaId) ?? {
      wabaId,
      ownerBusinessId: undefined,
      addedAt: undefined,
      removedAt: undefined,
      removedNumbers: [],
      numbers: new Map<string, number>(),
    };
    accounts.set(wabaId, account);
    const at = time * second;
    const phoneNumber = value['phone_number'];
    account.ownerBusinessId ??= info?.owner_business_id;
    if (typeof phoneNumber === 'string')
      account.numbers.set(phoneNumber, Math.max(at, account.numbers.get(phoneNumber) ?? 0));
    else if (value['event'] === 'PARTNER_ADDED' || value['event'] === 'PARTNER_APP_INSTALLED')
      account.addedAt = Math.max(at, account.addedAt ?? 0);
    else account.removedAt = Math.max(at, account.removedAt ?? 0);
  }
  return [...accounts.values()].map(({ numbers, ...account }) => ({
    ...account,
    removedNumbers: [...numbers].map(([phoneNumber, at]) => ({ phoneNumber, at })),
  }));
}

/** The changes in bodies of Meta's, cut anew at random: what came in one delivery comes in several, and the other way round. */
export function cutIntoBodies(changes: readonly ReportedChange[], chance: Chance): object[] {
  const bodies: object[] = [];
  for (let from = 0; from < changes.length;) {
    const to = from + 1 + chance.below(chance.below(10) === 0 ? 60 : 4);
    const entries = new Map<string, { id: string; time: number; changes: object[] }>();
    for (const { entryId: id, time, field, value } of changes.slice(from, to)) {
      // Changes of one entry and time may come under one entry, or under two.
      const key = chance.below(2) === 0 ? `${id} ${time}` : String(entries.size);
      const entry = entries.get(key) ?? { id, time, changes: [] };
      entries.set(key, entry);
      if (entry.id === id && entry.time === time) entry.changes.push({ value, field });
      else entries.set(`${key} ${entries.size}`, { id, time, changes: [{ field, value }] });
    }
    bodies.push({ object: 'whatsapp_business_account', entry: [...entries.values()] });
    from = to;
  }
  return bodies;
}

/** In another order. */
export function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  const cards = [...items];
  for (let last = cards.length - 1; last > 0; last -= 1) {
    const at = chance.below(last + 1);
    const [one, other] = [cards[last], cards[at]];
    if (one === undefined || other === undefined) continue;
    [cards[last], cards[at]] = [other, one];
  }
  return cards;
}
