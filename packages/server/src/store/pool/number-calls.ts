import type { Transaction } from 'kysely';
import { day, minute } from '../../domain/durations.ts';
import { comparableDigits } from '../../domain/number-match.ts';
import type {
  NumberCall,
  NumberCallKind,
  NumberCallLeave,
  NumberCallOutcome,
  PoolStore,
} from '../../ports/pool-store.ts';
import type { NumberCallRow } from '../pool-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Nodes' clocks differ a little: what is further ahead was written by a clock that was wrong. Milliseconds. */
const mostAhead = minute;

/** Far longer than Meta has anybody wait: what is said to take longer was reckoned by two different clocks. Milliseconds. */
const longestClosed = 8 * day;

/**
 * Writes a call into the ledger before it is made. Counted by the telephone number, as Meta does, whichever object, app or
 * portfolio asked.
 */
export async function spendNumberCall(
  trx: Transaction<Tables>,
  { engine, scope, newId }: QueryDeps,
  {
    now,
    phoneNumber,
    numberId,
    kind,
    who,
    method,
    budget,
    mark,
  }: Parameters<PoolStore['spendNumberCall']>[0] & { mark?: string | undefined },
): Promise<NumberCallLeave> {
  const digits = comparableDigits(phoneNumber);
  // Two who ask at the same moment must see what the other has spent.
  await engine.lockNames(trx, [`${kind}/${digits}`]);
  const kept = await trx
    .selectFrom('signup_number_calls')
    .select(['id', 'at', 'outcome', 'reason', 'closed_until'])
    .where('digits', '=', digits)
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('at', '>', now - budget.window), eb('closed_until', '>', now)]))
    .orderBy('at')
    .orderBy('id')
    .execute();
  const made = await asOfNow(trx, kept, now);
  const closed = Math.max(0, ...made.map(believedClosed));
  if (closed > now) return { allowed: false, why: 'closed', retryAt: closed };
  const counted = sinceLastRightCode(made, kind).filter(
    ({ outcome, reason }) => outcome !== 'refused' || budget.uncounted?.includes(reason ?? '') !== true,
  );
  const latest = made.at(-1);
  if (latest !== undefined && latest.at + budget.apart > now) {
    return { allowed: false, why: 'too_soon', retryAt: latest.at + budget.apart };
  }
  const oldest = counted.at(-budget.calls);
  if (oldest !== undefined) return { allowed: false, why: 'budget', retryAt: oldest.at + budget.window };
  const callId = newId();
  await trx
    .insertInto('signup_number_calls')
    .values({
      id: callId,
      app_id: scope.appId,
      business_id: scope.businessId,
      digits,
      number_id: numberId ?? null,
      kind,
      at: now,
      who,
      method: method ?? null,
      outcome: null,
      reason: null,
      mark: mark ?? null,
      closed_until: null,
    })
    .execute();
  return { allowed: true, callId };
}

type Made = Pick<NumberCallRow, 'id' | 'at' | 'outcome' | 'reason' | 'closed_until'>;

/** Calls of a clock that was ahead count as made now, and are kept so: else they would be in the way until that time comes. */
async function asOfNow(trx: Transaction<Tables>, kept: readonly Made[], now: number): Promise<Made[]> {
  const made: Made[] = [];
  for (const call of kept) {
    if (call.at <= now + mostAhead) {
      made.push(call);
      continue;
    }
    const { at, closed_until } = call;
    const moved = {
      at: now,
      closed_until: closed_until !== null && closed_until > at ? closed_until - at + now : closed_until,
    };
    await trx.updateTable('signup_number_calls').set(moved).where('id', '=', call.id).execute();
    made.push({ ...call, ...moved });
  }
  return made;
}

const believedClosed = ({ at, closed_until }: Made): number =>
  closed_until === null || closed_until > at + longestClosed ? 0 : closed_until;

/** A right code forgives the wrong ones before it. */
function sinceLastRightCode<Row extends { outcome: string | null }>(
  made: readonly Row[],
  kind: NumberCallKind,
): readonly Row[] {
  if (kind !== 'verify_code') return made;
  return made.slice(made.findLastIndex(({ outcome }) => outcome === 'done') + 1);
}

/** Keeps how a call ended. */
export async function endNumberCall(
  trx: Transaction<Tables>,
  _deps: QueryDeps,
  { callId, outcome, reason, closedUntil }: Parameters<PoolStore['endNumberCall']>[0],
): Promise<void> {
  await trx
    .updateTable('signup_number_calls')
    .set({ outcome, reason: reason ?? null, closed_until: closedUntil ?? null })
    .where('id', '=', callId)
    .execute();
}

/** The calls about a telephone number, the newest first. */
export async function listNumberCalls(
  { engine }: QueryDeps,
  { phoneNumber, kind, limit }: Parameters<PoolStore['listNumberCalls']>[0],
): Promise<NumberCall[]> {
  const rows = await engine.read
    .selectFrom('signup_number_calls')
    .selectAll()
    .where('digits', '=', comparableDigits(phoneNumber))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toNumberCall);
}

/** Words in these columns are written by this kit alone. */
function toNumberCall(row: NumberCallRow): NumberCall {
  return {
    id: row.id,
    kind: row.kind as NumberCallKind,
    at: row.at,
    who: row.who,
    method: (row.method ?? undefined) as NumberCall['method'],
    outcome: (row.outcome ?? undefined) as NumberCallOutcome | undefined,
    reason: row.reason ?? undefined,
    ...(row.mark === null ? {} : { mark: row.mark }),
    closedUntil: row.closed_until ?? undefined,
  };
}
