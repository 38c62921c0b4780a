import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What Meta says about customers' accounts by webhook, claims that are recovered by it, and turns of several nodes. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('signup_accounts')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('waba_id', 'text', (c) => c.notNull())
    .addColumn('owner_business_id', 'text')
    .addColumn('found_at', 'bigint', (c) => c.notNull())
    .addColumn('added_at', 'bigint')
    .addColumn('removed_at', 'bigint')
    .addColumn('removed_numbers', 'text', (c) => c.notNull().defaultTo('{}'))
    .addColumn('settled_at', 'bigint')
    .addColumn('run_at', 'bigint')
    .addColumn('looks', 'integer', (c) => c.notNull())
    .addColumn('lease_until', 'bigint')
    .addColumn('fence', 'integer', (c) => c.notNull())
    .addColumn('wakes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_accounts_pk', ['app_id', 'business_id', 'waba_id'])
    .execute();
  await sql`create index signup_accounts_due on signup_accounts (app_id, business_id, run_at)
    where run_at is not null`.execute(db);

  // Meta repeats a webhook for days, and signs no time: what was heard is remembered by its content.
  await schema
    .createTable('signup_heard_changes')
    .addColumn('mark', 'text', (c) => c.primaryKey().notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await schema.createIndex('signup_heard_changes_at').on('signup_heard_changes').column('at').execute();

  await schema
    .createTable('signup_turns')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('slot', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_turns_pk', ['app_id', 'business_id', 'name', 'slot'])
    .execute();

  // When Meta's whole list of the pool was last read: a number that vanishes was still there then.
  await schema
    .createTable('signup_mirrors')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_mirrors_pk', ['app_id', 'business_id'])
    .execute();

  // All may be empty, so that the version before can go on writing.
  await schema.alterTable('signup_numbers').addColumn('last_listed_at', 'bigint').execute();
  for (const name of ['recovered_at', 'token_warned_at'] as const) {
    await schema.alterTable('signup_claims').addColumn(name, 'bigint').execute();
  }
  await sql`create index signup_claims_number on signup_claims (phone_number_id) where phone_number_id is not null`.execute(
    db,
  );
  await sql`create index signup_claims_under_way on signup_claims (app_id, business_id, updated_at)
    where status in ('received', 'proven', 'registering')`.execute(db);
  await sql`create index signup_claims_waiting on signup_claims (app_id, business_id, created_at)
    where status in ('received', 'needs_signup')`.execute(db);
  await sql`create index signup_claims_token_expires on signup_claims (app_id, business_id, token_expires_at)
    where token_expires_at is not null`.execute(db);
  await sql`create index signup_claims_orphans on signup_claims (phone_number_id)
    where customer_id = '' and status = 'needs_operator'`.execute(db);
  await sql`create index signup_numbers_vanished on signup_numbers (app_id, business_id, gone_at)
    where gone_at is not null and claim_id is null`.execute(db);
  await sql`create index signup_sessions_launched on signup_sessions (app_id, business_id, launch_until)`.execute(
    db,
  );
}
