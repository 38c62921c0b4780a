import type { Transaction } from 'kysely';
import type { IncomingClaim, RecordedClaim } from '../../ports/intake.ts';
import { claimLimits } from '../../domain/claim-limits.ts';
import { firstStep, stepsThatListen } from '../../domain/claim-steps.ts';
import { toClaim } from '../rows.ts';
import type { QueryDeps, Scope } from '../scope.ts';
import type { ClaimHistoryRow, ClaimRow, Tables, WorkRow } from '../tables.ts';
import { joinHalves, newClaimRow, whatArrived } from './join-halves.ts';
import { roomForNewClaims, type TooMany } from './room-for-new-claims.ts';
import { selectClaims } from './select-claims.ts';

/** What became of one of many: recorded, or refused, with nothing written. */
export type RecordOutcome = RecordedClaim | TooMany | 'other_code';

type Taken = RecordedClaim['outcome'] | TooMany | 'other_code';

interface Draft {
  row: ClaimRow & { step: string | null };
  isNew: boolean;
  changed: boolean;
  history: ClaimHistoryRow[];
  work: WorkRow | undefined;
  /** Another sign-up begins: whoever is at the one before is fenced off. */
  again: boolean;
}

/**
 * Records many claims, or the missing halves of claims, in one transaction: each with its history and the row of
 * work that will carry it on. Nothing of it is there without the rest.
 */
export async function recordClaims(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  incoming: readonly IncomingClaim[],
): Promise<RecordOutcome[]> {
  const { engine, scope } = deps;
  const known = await selectClaims(trx, scope)
    .where('signup_claims.session_id', 'in', [...new Set(incoming.map((one) => one.sessionId))])
    .$if(engine.kind === 'postgres', (query) => query.forUpdate('signup_claims'))
    .execute();
  const drafts = new Map<string, Draft>(
    known.map((row) => [
      row.session_id,
      { row, isNew: false, changed: false, history: [], work: undefined, again: false },
    ]),
  );

  const room = await roomForNewClaims(
    trx,
    deps,
    incoming.filter((one) => !drafts.has(one.sessionId)),
  );

  const recorded = incoming.map((one): { sessionId: string; outcome: Taken } => {
    const tooMany = drafts.has(one.sessionId) ? undefined : room.take(one);
    return { sessionId: one.sessionId, outcome: tooMany ?? take(drafts, one, scope) };
  });
  await writeDrafts(trx, [...drafts.values()]);

  return recorded.map(({ sessionId, outcome }) => {
    if (outcome === 'other_code' || typeof outcome === 'object') return outcome;
    const draft = drafts.get(sessionId);
    if (draft === undefined) throw new Error('recordClaims: a claim got lost between reading and writing');
    return { claim: toClaim(draft.row), outcome };
  });
}

function take(drafts: Map<string, Draft>, incoming: IncomingClaim, scope: Scope): Taken {
  const draft = drafts.get(incoming.sessionId);
  if (draft === undefined) {
    const row = { ...newClaimRow(incoming, scope), step: firstStep };
    const created: Draft = { row, isNew: true, changed: true, history: [], work: undefined, again: false };
    note(created, incoming, whatArrived(incoming), incoming.runAt);
    drafts.set(incoming.sessionId, created);
    return 'created';
  }
  // An operator gave it to another customer: this session has none any more.
  if (draft.row.customer_id !== incoming.customerId) return 'other_code';
  const joined = joinHalves(draft.row, incoming);
  if (typeof joined === 'string') {
    if (joined === 'too_many_codes') return { retryAt: incoming.now + claimLimits.window };
    return joined;
  }
  draft.again ||= joined.again;
  draft.row = { ...joined.row, step: joined.again ? firstStep : (draft.row.step ?? firstStep) };
  draft.changed = true;
  note(draft, incoming, joined.what, incoming.now);
  return 'joined';
}

function note(draft: Draft, incoming: IncomingClaim, what: string, runAt: number): void {
  const { row } = draft;
  draft.history.push({
    claim_id: row.id,
    position: row.history_length,
    at: incoming.now,
    what,
    who: 'customer',
    status: row.status,
    reason: null,
    trace_id: null,
  });
  row.history_length += 1;
  draft.work = {
    id: draft.work?.id ?? incoming.workId,
    app_id: row.app_id,
    business_id: row.business_id,
    kind: 'claim',
    claim_id: row.id,
    step: firstStep,
    run_at: runAt,
    attempts: 0,
    lease_until: null,
    fence: 0,
    wakes: 0,
    created_at: incoming.now,
  };
}

async function writeDrafts(trx: Transaction<Tables>, drafts: readonly Draft[]): Promise<void> {
  const changed = drafts.filter((draft) => draft.changed);
  if (changed.length === 0) return;
  const fresh = changed.filter((draft) => draft.isNew).map(({ row }) => withoutStep(row));
  if (fresh.length > 0) await trx.insertInto('signup_claims').values(fresh).execute();
  for (const { row } of changed.filter((draft) => !draft.isNew)) {
    await trx.updateTable('signup_claims').set(withoutStep(row)).where('id', '=', row.id).execute();
  }
  await trx
    .insertInto('signup_claim_history')
    .values(changed.flatMap((draft) => draft.history))
    .execute();
  await trx
    .insertInto('signup_work')
    .values(changed.flatMap((draft) => draft.work ?? []))
    // A worker may be at it right now: the wake tells it, when it puts the claim down, that there is news.
    .onConflict((conflict) =>
      conflict.columns(['kind', 'claim_id']).doUpdateSet((eb) => ({
        run_at: eb
          .case()
          .when(
            eb.and([
              eb('signup_work.step', 'in', stepsThatListen),
              eb('excluded.run_at', '<', eb.ref('signup_work.run_at')),
            ]),
          )
          .then(eb.ref('excluded.run_at'))
          .else(eb.ref('signup_work.run_at'))
          .end(),
        wakes: eb
          .case()
          .when('signup_work.step', 'in', stepsThatListen)
          .then(eb('signup_work.wakes', '+', 1))
          .else(eb.ref('signup_work.wakes'))
          .end(),
      })),
    )
    .execute();
  for (const { row, work } of changed.filter((draft) => draft.again)) {
    await trx
      .updateTable('signup_work')
      .set((eb) => ({
        step: firstStep,
        run_at: work?.run_at ?? row.updated_at,
        attempts: 0,
        lease_until: null,
        fence: eb('fence', '+', 1),
      }))
      .where('kind', '=', 'claim')
      .where('claim_id', '=', row.id)
      .execute();
  }
}

function withoutStep({ step: _step, ...row }: ClaimRow & { step: string | null }): ClaimRow {
  return row;
}
