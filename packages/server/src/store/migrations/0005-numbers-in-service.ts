import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What is known of numbers in service, who a customer's customers are, and numbers of the pool that are registered without a popup. */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;

  await schema
    .createTable('signup_phone_numbers')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('phone_number_id', 'text', (c) => c.notNull())
    .addColumn('waba_id', 'text', (c) => c.notNull())
    .addColumn('phone_number', 'text', (c) => c.notNull())
    .addColumn('digits', 'text', (c) => c.notNull())
    .addColumn('display_phone_number', 'text', (c) => c.notNull())
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('identity_check', 'integer')
    .addColumn('identity_check_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('left_at', 'bigint')
    .addColumn('read_at', 'bigint')
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('problem', 'text')
    .addColumn('problem_at', 'bigint')
    .addColumn('wakes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_phone_numbers_pk', ['app_id', 'business_id', 'phone_number_id'])
    .execute();
  await sql`create index signup_phone_numbers_due on signup_phone_numbers (app_id, business_id, run_at)
    where left_at is null`.execute(db);
  // Webhooks name an account, or the digits of a number on it.
  await schema
    .createIndex('signup_phone_numbers_account')
    .on('signup_phone_numbers')
    .columns(['app_id', 'business_id', 'waba_id', 'digits'])
    .execute();
  await schema
    .createIndex('signup_phone_numbers_digits')
    .on('signup_phone_numbers')
    .columns(['app_id', 'business_id', 'digits'])
    .execute();

  await schema
    .createTable('signup_phone_number_changes')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('phone_number_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('fact', 'text', (c) => c.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('who', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createIndex('signup_phone_number_changes_number')
    .on('signup_phone_number_changes')
    .columns(['app_id', 'business_id', 'phone_number_id', 'at'])
    .execute();

  // Claims of the version before have no row yet. What an older node writes later is found by a sweep.
  await sql`insert into signup_phone_numbers
      (app_id, business_id, phone_number_id, waba_id, phone_number, digits, display_phone_number, facts,
       created_at, run_at, failures, wakes)
    select app_id, business_id, phone_number_id, waba_id, phone_number, digits,
      coalesce(display_phone_number, phone_number), '{}', updated_at, updated_at, 0, 0
    from signup_claims
    where live = 1 and phone_number_id is not null and waba_id is not null and phone_number is not null
      and digits is not null`.execute(db);

  await schema
    .createTable('signup_identities')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('phone_number_id', 'text', (c) => c.notNull())
    .addColumn('digits', 'text', (c) => c.notNull())
    .addColumn('wa_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('hash_at', 'bigint')
    .addColumn('hash_message_id', 'text')
    .addColumn('other_at', 'bigint')
    .addColumn('mismatch_at', 'bigint')
    .addColumn('mismatch_message_id', 'text')
    .addColumn('trusted_at', 'bigint')
    .addColumn('trusted_by', 'text')
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('signup_identities_pk', ['app_id', 'business_id', 'phone_number_id', 'digits'])
    .execute();

  // Of a claim that an operator opened: which number of the pool is put on the account, and under which name.
  await schema.alterTable('signup_claims').addColumn('attach_number_id', 'text').execute();
  await schema.alterTable('signup_claims').addColumn('attach_name', 'text').execute();

  // How many numbers Meta allows the portfolio of an account.
  await schema
    .createTable('signup_account_caps')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('waba_id', 'text', (c) => c.notNull())
    .addColumn('most_numbers', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_account_caps_pk', ['app_id', 'business_id', 'waba_id'])
    .execute();
}
