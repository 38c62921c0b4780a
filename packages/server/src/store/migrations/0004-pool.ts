import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What keeping a pool healthy needs: what was done about each number, when to look at it again, and what the host was told. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;

  // All may be empty, so that the version before can go on writing.
  for (const name of [
    'first_seen_at',
    'care_at',
    'told_expiry',
    'told_stage',
    'told_unverified_at',
    'text_received_at',
    'doubted_until',
  ] as const) {
    await schema.alterTable('signup_numbers').addColumn(name, 'bigint').execute();
  }
  await schema.alterTable('signup_numbers').addColumn('sealed_text', 'text').execute();
  await sql`create index signup_numbers_care on signup_numbers (app_id, business_id, care_at)
    where gone_at is null and claim_id is null`.execute(db);
  await sql`create index signup_numbers_texts on signup_numbers (app_id, business_id, text_received_at)
    where sealed_text is not null`.execute(db);

  // Whoever is searched for is found, however many numbers there are.
  await sql`create index signup_numbers_claimed_by on signup_numbers (claimed_by)
    where claimed_by is not null`.execute(db);
  await schema
    .createIndex('signup_numbers_expires')
    .on('signup_numbers')
    .columns(['app_id', 'business_id', 'verification_expires_at', 'id'])
    .execute();

  // Meta counts by the telephone number, whichever object of it is asked, and goes on counting when that is deleted.
  await schema
    .createTable('signup_number_calls')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('digits', 'text', (c) => c.notNull())
    .addColumn('number_id', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('method', 'text')
    .addColumn('outcome', 'text')
    .addColumn('reason', 'text')
    .addColumn('mark', 'text')
    .addColumn('closed_until', 'bigint')
    .execute();
  await schema
    .createIndex('signup_number_calls_number')
    .on('signup_number_calls')
    .columns(['digits', 'kind', 'at'])
    .execute();

  await schema
    .createTable('signup_pool_levels')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('told_at', 'bigint')
    .addColumn('enough_at', 'bigint')
    .addPrimaryKeyConstraint('signup_pool_levels_pk', ['app_id', 'business_id', 'country'])
    .execute();
}
