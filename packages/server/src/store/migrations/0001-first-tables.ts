import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Pool, sessions, claims, work. Plain types that mean the same on SQLite and PostgreSQL. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('signup_numbers')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('phone_number', 'text', (c) => c.notNull())
    .addColumn('digits', 'text', (c) => c.notNull())
    .addColumn('display_phone_number', 'text', (c) => c.notNull())
    .addColumn('country', 'text')
    .addColumn('verification_status', 'text', (c) => c.notNull())
    .addColumn('verified_at', 'bigint')
    .addColumn('verification_expires_at', 'bigint')
    .addColumn('owner_business_id', 'text')
    .addColumn('held_by', 'text')
    .addColumn('held_until', 'bigint')
    .addColumn('claim_id', 'text')
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_at', 'bigint')
    .addColumn('gone_at', 'bigint')
    .addColumn('synced_at', 'bigint', (c) => c.notNull())
    .execute();
  // Partial: a worn pool is mostly lapsed, claimed or held rows, and an index that lists those too is scanned
  // through all of them before it finds a free one.
  await sql`create index signup_numbers_free on signup_numbers
    (app_id, business_id, verification_expires_at)
    where verification_status = 'VERIFIED' and held_by is null and claim_id is null and gone_at is null`.execute(
    db,
  );
  await sql`create index signup_numbers_free_by_country on signup_numbers
    (app_id, business_id, country, verification_expires_at)
    where verification_status = 'VERIFIED' and held_by is null and claim_id is null and gone_at is null`.execute(
    db,
  );
  await sql`create index signup_numbers_held on signup_numbers (held_until) where held_by is not null`.execute(
    db,
  );
  await sql`create index signup_numbers_held_by on signup_numbers (held_by) where held_by is not null`.execute(
    db,
  );
  await schema.createIndex('signup_numbers_digits').on('signup_numbers').column('digits').execute();

  await schema
    .createTable('signup_sessions')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('country', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('renewed_at', 'bigint', (c) => c.notNull())
    .addColumn('launch_until', 'bigint', (c) => c.notNull())
    .addColumn('claim_until', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('signup_sessions_customer')
    .on('signup_sessions')
    .columns(['customer_id', 'created_at'])
    .execute();

  await schema
    .createTable('signup_holds')
    .addColumn('number_id', 'text', (c) => c.notNull().references('signup_numbers.id'))
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('held_at', 'bigint', (c) => c.notNull())
    .addColumn('held_until', 'bigint', (c) => c.notNull())
    .addColumn('released_at', 'bigint')
    .execute();
  // A number is set aside for one customer at a time.
  await sql`create unique index signup_holds_one_per_number on signup_holds (number_id) where released_at is null`.execute(
    db,
  );
  await schema
    .createIndex('signup_holds_customer')
    .on('signup_holds')
    .columns(['number_id', 'customer_id'])
    .execute();
  await schema.createIndex('signup_holds_session').on('signup_holds').column('session_id').execute();

  await schema
    .createTable('signup_session_events')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('step', 'text')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('meta_session_id', 'text')
    .execute();
  await schema
    .createIndex('signup_session_events_session')
    .on('signup_session_events')
    .columns(['session_id', 'at'])
    .execute();

  await createClaimTables(db);
}

async function createClaimTables(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('signup_claims')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('session_id', 'text', (c) => c.notNull().unique())
    .addColumn('customer_id', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('live', 'integer', (c) => c.notNull())
    .addColumn('event', 'text')
    .addColumn('event_data', 'text', (c) => c.notNull())
    .addColumn('waba_id', 'text')
    .addColumn('phone_number_id', 'text')
    .addColumn('phone_number', 'text')
    .addColumn('display_phone_number', 'text')
    .addColumn('number_source', 'text', (c) => c.notNull())
    .addColumn('pool_number_id', 'text')
    .addColumn('reason_code', 'text')
    .addColumn('reason_message', 'text')
    .addColumn('sealed_code', 'text')
    .addColumn('code_mark', 'text')
    .addColumn('code_received_at', 'bigint')
    .addColumn('code_used_at', 'bigint')
    .addColumn('redirect_uri', 'text')
    .addColumn('sealed_token', 'text')
    .addColumn('token_expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .addColumn('proven_at', 'bigint')
    .addColumn('registered_at', 'bigint')
    .addColumn('register_by', 'bigint')
    .addColumn('history_length', 'integer', (c) => c.notNull())
    .execute();
  // A number has one owner: the schema says so, whatever the code above it does.
  await sql`create unique index signup_claims_one_live_per_number on signup_claims (phone_number_id) where live = 1`.execute(
    db,
  );
  await sql`create unique index signup_claims_one_live_per_pool_number on signup_claims (pool_number_id) where live = 1`.execute(
    db,
  );
  // A code works once, whichever session brings it.
  await sql`create unique index signup_claims_code_spent_once on signup_claims (code_mark) where code_used_at is not null`.execute(
    db,
  );
  await schema
    .createIndex('signup_claims_customer')
    .on('signup_claims')
    .columns(['customer_id', 'created_at'])
    .execute();

  await schema
    .createTable('signup_claim_history')
    .addColumn('claim_id', 'text', (c) => c.notNull().references('signup_claims.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('trace_id', 'text')
    .addPrimaryKeyConstraint('signup_claim_history_pk', ['claim_id', 'position'])
    .execute();

  await schema
    .createTable('signup_work')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('claim_id', 'text', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('fence', 'integer', (c) => c.notNull())
    .addColumn('wakes', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('signup_work_one_per_claim', ['kind', 'claim_id'])
    .execute();
  await schema
    .createIndex('signup_work_due')
    .on('signup_work')
    .columns(['app_id', 'business_id', 'run_at'])
    .execute();

  await schema
    .createTable('signup_pins')
    .addColumn('phone_number_id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('sealed_pin', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();

  await schema
    .createTable('signup_attempts')
    .addColumn('phone_number_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('claim_id', 'text', (c) => c.notNull())
    .addColumn('fence', 'integer', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('signup_attempts_number')
    .on('signup_attempts')
    .columns(['phone_number_id', 'kind', 'at'])
    .execute();
}
