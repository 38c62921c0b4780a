import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/**
 * What is known of numbers in service, who a customer's customers are, and numbers of the pool that are registered without a popup.
 *
 * @param now milliseconds UTC
 */
export async function up(db: Kysely<Tables>, now: number): Promise<void> {
  const { schema } = db;

  // Before anything else: nodes of the version before use this table, and a lock that is not to be had in time has all of this
  // done again.
  // Of a claim that an operator opened: which number of the pool is put on which account, and under which name. The account is in
  // `waba_id` as well, but the version before forgets that one when it has a claim tried again.
  await schema.alterTable('signup_claims').addColumn('attach_number_id', 'text').execute();
  await schema.alterTable('signup_claims').addColumn('attach_name', 'text').execute();
  await schema.alterTable('signup_claims').addColumn('attach_waba_id', 'text').execute();
  await sql`create index signup_claims_attach_number on signup_claims (attach_number_id)
    where attach_number_id is not null`.execute(db);
  await sql`create index signup_claims_attach_account on signup_claims (attach_waba_id)
    where attach_waba_id is not null`.execute(db);

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
    .addColumn('identity_check_turn', 'integer', (c) => c.notNull())
    .addColumn('identity_check_off_until', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('left_at', 'bigint')
    .addColumn('read_at', 'bigint')
    .addColumn('asked_at', 'bigint')
    .addColumn('run_at', 'bigint', (c) => c.notNull())
    .addColumn('urgent', 'integer')
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('problem', 'text')
    .addColumn('problem_at', 'bigint')
    .addColumn('wakes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('signup_phone_numbers_pk', ['app_id', 'business_id', 'phone_number_id'])
    .execute();
  // Claims of the version before have no row yet. What an older node writes later is found by a sweep. They are read one second
  // after the other, or over a day: all at once would be a storm of calls, and news would wait for its end.
  await sql`insert into signup_phone_numbers
      (app_id, business_id, phone_number_id, waba_id, phone_number, digits, display_phone_number, facts,
       identity_check_turn, created_at, run_at, failures, wakes)
    select app_id, business_id, phone_number_id, waba_id, phone_number, digits,
      coalesce(display_phone_number, phone_number), '{}', 0, coalesce(proven_at, updated_at),
      ${now} + (row_number() over (order by phone_number_id)) % 86400 * 1000, 0, 0
    from signup_claims
    where live = 1 and phone_number_id is not null and waba_id is not null and phone_number is not null
      and digits is not null`.execute(db);
  // After the rows, which are many: so they are made once, and in order.
  await sql`create index signup_phone_numbers_due on signup_phone_numbers (app_id, business_id, run_at)
    where left_at is null`.execute(db);
  // Reads that somebody waits for are few.
  await sql`create index signup_phone_numbers_urgent on signup_phone_numbers (app_id, business_id, urgent, run_at)
    where left_at is null and urgent is not null`.execute(db);
  // Webhooks name an account, or the digits of a number. What is due of an account that has used up its reads is put off.
  await sql`create index signup_phone_numbers_account on signup_phone_numbers (app_id, business_id, waba_id, run_at)
    where left_at is null`.execute(db);
  // Its reads of the last hour are counted each time, and it may have very many numbers.
  await schema
    .createIndex('signup_phone_numbers_asked')
    .on('signup_phone_numbers')
    .columns(['app_id', 'business_id', 'waba_id', 'asked_at'])
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

  await schema
    .createTable('signup_identities')
    .addColumn('app_id', 'text', (c) => c.notNull())
    .addColumn('business_id', 'text', (c) => c.notNull())
    .addColumn('phone_number_id', 'text', (c) => c.notNull())
    .addColumn('digits', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .addColumn('hash_at', 'bigint')
    .addColumn('hash_message_id', 'text')
    .addColumn('other_at', 'bigint')
    .addColumn('mismatch_at', 'bigint')
    .addColumn('mismatch_message_id', 'text')
    .addColumn('trusted_at', 'bigint')
    .addColumn('trusted_by', 'text')
    .addColumn('settled_at', 'bigint')
    .addColumn('trusted_change', 'text')
    .addColumn('untold', 'text')
    .addPrimaryKeyConstraint('signup_identities_pk', ['app_id', 'business_id', 'phone_number_id', 'digits'])
    .execute();
  // They are looked for all the time, and few: none where every node hears of changes.
  await sql`create index signup_identities_untold on signup_identities (app_id, business_id, phone_number_id, digits)
    where untold is not null`.execute(db);

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
