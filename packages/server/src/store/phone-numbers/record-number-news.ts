import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { NumberNews } from '../../domain/number-news.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { PhoneNumberChangeRow, PhoneNumberRow } from '../phone-number-tables.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { keepCaps, type AboutCap } from './keep-caps.ts';
import { lockNumbers, saidOfNumber, writeChanges } from './known-number.ts';
import { apartOnAccounts, laterForNth, plannedRead } from './read-plan.ts';
import { urgency } from './urgency.ts';

type AboutNumber = Extract<NumberNews, { about: 'number' }>;
type Found = Pick<PhoneNumberRow, 'phone_number_id' | 'waba_id' | 'digits'>;

/** What recording news is made of. */
export interface NewsDeps extends QueryDeps {
  /** Lets others have their turn. */
  breathe: () => Promise<void>;
}

/** Things that are looked up per statement. */
const perLook = 300;

/** Numbers that are locked and changed in one transaction: a few milliseconds. */
const perChange = 100;

/**
 * Keeps what webhooks say of numbers, and plans to read them; keeps how many numbers Meta allows an account. A large webhook
 * comes to thousands of numbers: so it is done slice by slice, and who begins anew after a failure changes nothing twice.
 */
export async function recordNumberNews(
  deps: NewsDeps,
  { readAt, news }: Parameters<NumbersStore['recordNumberNews']>[0],
): Promise<void> {
  const { engine, breathe } = deps;
  const said = whatIsSaid(news);
  const found = await engine.reading(() => findMeant(deps, said));
  const wabaIds = [...new Set(found.map(({ waba_id }) => waba_id))];
  const least = await engine.reading(() => apartOnAccounts(engine.read, deps, wabaIds));
  const later = laterOnAccounts(found);
  for (const some of slicesOf(found, perChange)) {
    await engine.write((trx) => keepNews(trx, deps, some, { said, readAt, least, later }));
    await breathe();
  }
  const caps = news.filter((one): one is AboutCap => one.about === 'cap');
  if (caps.length > 0) await engine.write((trx) => keepCaps(trx, deps, caps));
}

/** What is said, by what it is said of. */
interface Said {
  accounts: ReadonlySet<string>;
  digits: ReadonlySet<string>;
  /** What is said of a number. */
  of(row: Found): AboutNumber[];
}

function whatIsSaid(news: readonly NumberNews[]): Said {
  const accounts = new Set<string>();
  const digits = new Set<string>();
  const said = new Map<string, AboutNumber[]>();
  for (const one of news) {
    if (one.about === 'account') accounts.add(one.wabaId);
    if (one.about !== 'number') continue;
    const number = comparableDigits(one.phoneNumber);
    digits.add(number);
    const key = keyOf(number, one.wabaId);
    const known = said.get(key);
    if (known === undefined) said.set(key, [one]);
    else known.push(one);
  }
  return {
    accounts,
    digits,
    of: (row) => [
      ...(said.get(keyOf(row.digits, row.waba_id)) ?? []),
      ...(said.get(keyOf(row.digits, undefined)) ?? []),
    ],
  };
}

/** A number on an account; or on any, where Meta names none. */
const keyOf = (digits: string, wabaId: string | undefined): string => `${digits} ${wabaId ?? ''}`;

/** The numbers that are meant, in the order in which they are locked. */
async function findMeant({ engine, scope, breathe }: NewsDeps, said: Said): Promise<Found[]> {
  const inService = () =>
    engine.read
      .selectFrom('signup_phone_numbers')
      .select(['phone_number_id', 'waba_id', 'digits'])
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('left_at', 'is', null);
  const found = new Map<string, Found>();
  for (const some of slicesOf([...said.accounts], perLook)) {
    for (const row of await inService().where('waba_id', 'in', some).execute()) {
      found.set(row.phone_number_id, row);
    }
    await breathe();
  }
  for (const some of slicesOf([...said.digits], perLook)) {
    for (const row of await inService().where('digits', 'in', some).execute()) {
      if (said.of(row).length > 0) found.set(row.phone_number_id, row);
    }
    await breathe();
  }
  return [...found.values()].toSorted((a, b) => (a.phone_number_id < b.phone_number_id ? -1 : 1));
}

/** How much later each number is read, where many of one account are meant: it is one account's calls. Milliseconds. */
function laterOnAccounts(found: readonly Found[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  return new Map(
    found.map(({ phone_number_id, waba_id }) => {
      const place = places.get(waba_id) ?? 0;
      places.set(waba_id, place + 1);
      return [phone_number_id, laterForNth(place)];
    }),
  );
}

interface Meant {
  said: Said;
  readAt: number;
  later: ReadonlyMap<string, number>;
  least: (wabaId: string) => number;
}

async function keepNews(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  found: readonly Found[],
  { said, readAt, least, later }: Meant,
): Promise<void> {
  const changes: PhoneNumberChangeRow[] = [];
  const locked = await lockNumbers(
    trx,
    deps,
    found.map(({ phone_number_id }) => phone_number_id),
  );
  const rows = locked.flatMap((row): PhoneNumberRow[] => {
    // It may have left, or come to another account, since it was looked up.
    const news = said.of(row);
    if (row.left_at !== null || (news.length === 0 && !said.accounts.has(row.waba_id))) return [];
    const after = saidOfNumber(deps, row, news);
    changes.push(...after.changes);
    const soonest = readAt + (later.get(row.phone_number_id) ?? 0);
    const run_at = plannedRead(row, soonest, least(row.waba_id));
    return [{ ...row, facts: after.facts, run_at, urgent: urgency.news, wakes: row.wakes + 1 }];
  });
  await writeChanges(trx, changes);
  if (rows.length === 0) return;
  // They are there, and locked: so this changes all of them in one statement.
  await trx
    .insertInto('signup_phone_numbers')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'business_id', 'phone_number_id']).doUpdateSet((eb) => ({
        facts: eb.ref('excluded.facts'),
        run_at: eb.ref('excluded.run_at'),
        urgent: eb.ref('excluded.urgent'),
        wakes: eb.ref('excluded.wakes'),
      })),
    )
    .execute();
}

function* slicesOf<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
