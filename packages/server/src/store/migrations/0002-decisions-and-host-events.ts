import { sql, type Kysely } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { Tables } from '../tables.ts';

/** What people decide about claims, what the host is told, and when to remind it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  // One column per statement: SQLite takes no more. All may be empty, so that the version before can go on writing.
  for (const [name, type] of [
    ['event_received_at', 'bigint'],
    ['digits', 'text'],
    ['assigned_at', 'bigint'],
    ['assigned_waba_id', 'text'],
    ['assigned_phone_number_id', 'text'],
    ['credit_allocation_id', 'text'],
    ['token_at', 'bigint'],
    ['remind_at', 'bigint'],
  ] as const) {
    await schema.alterTable('signup_claims').addColumn(name, type).execute();
  }
  await fillDigits(db);
  await sql`update signup_claims set token_at = updated_at where sealed_token is not null`.execute(db);
  // What was proven before is reminded of from now on.
  await sql`update signup_claims set remind_at = created_at + 604800000
    where proven_at is not null and live = 1 and registered_at is null`.execute(db);
  await sql`create index signup_claims_account on signup_claims (waba_id) where waba_id is not null`.execute(
    db,
  );
  await sql`create index signup_claims_live_digits on signup_claims (digits) where live = 1`.execute(db);
  await sql`create index signup_claims_to_remind on signup_claims (remind_at) where remind_at is not null`.execute(
    db,
  );

  // A code is sent once, for ever: its claim may forget it when another sign-up begins.
  await schema
    .createTable('signup_spent_codes')
    .addColumn('code_mark', 'text', (c) => c.primaryKey().notNull())
    .addColumn('claim_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await sql`insert into signup_spent_codes (code_mark, claim_id, at)
    select code_mark, id, code_used_at from signup_claims
    where code_mark is not null and code_used_at is not null`.execute(db);

  await schema.alterTable('signup_pins').addColumn('supplied_by', 'text').execute();

  await schema
    .createTable('signup_host_events')
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('destination', 'text', (c) => c.notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('claim_id', 'text')
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('occurred_at', 'bigint', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('first_tried_at', 'bigint')
    .addColumn('lease_until', 'bigint')
    .addColumn('fence', 'integer', (c) => c.notNull())
    .addColumn('last_error', 'text')
    .addPrimaryKeyConstraint('signup_host_events_pk', ['id', 'destination'])
    .execute();
  await sql`create index signup_host_events_due on signup_host_events (app_id, business_id, run_at)
    where state = 'waiting'`.execute(db);
  await sql`create index signup_host_events_of_claim on signup_host_events (claim_id, destination, position)
    where state = 'waiting'`.execute(db);
}

async function fillDigits(db: Kysely<Tables>): Promise<void> {
  const rows = await db
    .selectFrom('signup_claims')
    .select(['id', 'phone_number'])
    .where('phone_number', 'is not', null)
    .execute();
  for (const { id, phone_number } of rows) {
    const digits = comparableDigits(phone_number ?? '');
    await db.updateTable('signup_claims').set({ digits }).where('id', '=', id).execute();
  }
}
