import assert from 'node:assert/strict';
import type { NumberNews } from '../../domain/number-news.ts';
import type { Store } from '../../ports/store.ts';
import { t0 } from './contract-case.ts';

/** Milliseconds. */
export const second = 1000;
/** Milliseconds. */
export const minute = 60 * second;
/** Milliseconds. */
export const hour = 60 * minute;
/** Milliseconds. */
export const day = 24 * hour;
/** By then a number that came into service at the start was read for the first time. */
export const later = t0 + hour;

/** A number that is registered already: the n-th, with its digits after n. */
export function inService(store: Store, n: number, wabaId = '888') {
  return store.importClaims({
    now: t0,
    who: 'ann',
    claims: [
      {
        id: `claim-${n}`,
        customerId: `customer-${n}`,
        wabaId,
        phoneNumberId: String(700 + n),
        phoneNumber: `+1415555000${n}`,
        sealedToken: 'sealed',
        tokenExpiresAt: undefined,
        sealedPin: undefined,
        registeredAt: undefined,
      },
    ],
  });
}

type AboutNumber = Extract<NumberNews, { about: 'number' }>;

/** What a webhook says of the n-th number: its messaging limit. */
export const quality = (n: number, limit: string, at: number, wabaId = '888'): AboutNumber => ({
  about: 'number',
  wabaId,
  phoneNumber: `1415555000${n}`,
  facts: { messagingLimit: limit },
  at,
});

/** The store hears of it; what is meant is to be read ten seconds later. */
export const hear = (store: Store, now: number, ...news: NumberNews[]) =>
  store.recordNumberNews({ now, readAt: now + 10 * second, news });

/** What the store knows of the n-th number. */
export const known = async (store: Store, n: number) => {
  const number = await store.findPhoneNumber(String(700 + n));
  assert.ok(number !== undefined);
  return number;
};

/** What changed about the n-th number, the newest first. */
export const history = async (store: Store, n: number) => {
  const changes = await store.listPhoneNumberChanges({ phoneNumberId: String(700 + n), limit: 10 });
  return changes.map(({ at, fact, before, after, who }) => [at, fact, before, after, who]);
};

/** Keeps what a read of the n-th number found; the next one is a day later. */
export const read = async (
  store: Store,
  n: number,
  askedAt: number,
  over: { seen?: number; status?: string } = {},
) =>
  store.keepNumberRead({
    phoneNumberId: String(700 + n),
    askedAt,
    facts: { status: over.status ?? 'CONNECTED', messagingLimit: 'TIER_250' },
    displayPhoneNumber: `+1 415-555-000${n}`,
    nextReadAt: askedAt + day,
    seen: over.seen ?? (await known(store, n)).wakes,
  });
