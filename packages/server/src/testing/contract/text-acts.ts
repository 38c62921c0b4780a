import assert from 'node:assert/strict';
import type { Store } from '../../ports/store.ts';
import { poolNumber, t0 } from './contract-case.ts';

const minute = 60_000;
export const hour = 60 * minute;
/** The first number of the pool. */
export const id = '1000001';
export const phoneNumber = '+15550100001';
export const budget = { window: hour, calls: 3, apart: 0 };

/** A pool of two unverified numbers; a code was asked for the first. Resolves to that call. */
export async function asked(store: Store, over: { numberId?: string } = {}): Promise<string> {
  const fresh = {
    verificationStatus: 'NOT_VERIFIED',
    verifiedAt: undefined,
    verificationExpiresAt: undefined,
  };
  const numbers = [poolNumber(1, fresh), poolNumber(2, fresh)];
  await store.mirrorPool({ numbers, now: t0, complete: true });
  const leave = await store.spendNumberCall({
    now: t0,
    phoneNumber,
    numberId: id,
    kind: 'request_code',
    who: 'kit',
    method: 'SMS',
    budget,
    ...over,
  });
  assert.ok(leave.allowed);
  return leave.callId;
}

/** Keeps a text, `sealed-1`, a moment after the code was asked for. */
export const keep = (store: Store, over: Partial<Parameters<Store['keepText']>[0]> = {}) =>
  store.keepText({ id, now: t0 + 1, since: t0, sealed: 'sealed-1', ...over });
/** Takes the text that is kept, `sealed-1`, to hand it in. */
export const spend = (store: Store, over: Partial<Parameters<Store['spendText']>[0]> = {}) =>
  store.spendText({ id, opened: 'sealed-1', now: t0 + 2, budget, ...over });
/** Number, text and time of all that wait. */
export const texts = async (store: Store) =>
  (await store.listTexts({ limit: 10 })).map((number) => [
    number.id,
    number.sealedText,
    number.textReceivedAt,
  ]);
/** Codes that were handed in, or were about to be. */
export const codesSent = async (store: Store) =>
  (await store.listNumberCalls({ phoneNumber, kind: 'verify_code', limit: 10 })).length;
