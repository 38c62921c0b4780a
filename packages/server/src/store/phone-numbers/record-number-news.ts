import type { Transaction } from 'kysely';
import { comparableDigits } from '../../domain/number-match.ts';
import type { NumberNews } from '../../domain/number-news.ts';
import type { PhoneNumberRow } from '../phone-number-tables.ts';
import type { NumbersStore } from '../../ports/numbers-store.ts';
import type { QueryDeps } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { lockNumbers, sayOfNumber, updateNumber } from './known-number.ts';
import { apartOnAccounts, plannedRead } from './read-plan.ts';

type AboutNumber = Extract<NumberNews, { about: 'number' }>;
type AboutCap = Extract<NumberNews, { about: 'cap' }>;
type Found = Pick<PhoneNumberRow, 'phone_number_id' | 'waba_id' | 'digits'>;

/** Things that are looked up, or locked, per statement. */
const slice = 300;

/** Keeps what webhooks say of numbers, and plans to read them; keeps how many numbers Meta allows an account. */
export async function recordNumberNews(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { readAt, news }: Parameters<NumbersStore['recordNumberNews']>[0],
): Promise<void> {
  const ofNumbers = news.filter((one): one is AboutNumber => one.about === 'number');
  const accounts = new Set(news.flatMap((one) => (one.about === 'account' ? [one.wabaId] : [])));
  const found = await findMeant(trx, deps, ofNumbers, accounts);
  if (found.length > 0) await keepNews(trx, deps, { found, ofNumbers, accounts, readAt });
  await keepCaps(
    trx,
    deps,
    news.filter((one): one is AboutCap => one.about === 'cap'),
  );
}

/** The numbers that may be meant, in the order in which they are locked. */
async function findMeant(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  ofNumbers: readonly AboutNumber[],
  accounts: ReadonlySet<string>,
): Promise<Found[]> {
  const inService = () =>
    trx
      .selectFrom('signup_phone_numbers')
      .select(['phone_number_id', 'waba_id', 'digits'])
      .where('app_id', '=', scope.appId)
      .where('business_id', '=', scope.businessId)
      .where('left_at', 'is', null);
  const found = new Map<string, Found>();
  const keep = (rows: readonly Found[]) => rows.forEach((row) => found.set(row.phone_number_id, row));
  for (const some of slices([...accounts])) keep(await inService().where('waba_id', 'in', some).execute());
  const digits = new Set(ofNumbers.map(({ phoneNumber }) => comparableDigits(phoneNumber)));
  for (const some of slices([...digits])) keep(await inService().where('digits', 'in', some).execute());
  return [...found.values()]
    .filter((row) => accounts.has(row.waba_id) || ofNumbers.some((one) => isMeant(one, row)))
    .toSorted((a, b) => (a.phone_number_id < b.phone_number_id ? -1 : 1));
}

const isMeant = ({ wabaId, phoneNumber }: AboutNumber, row: Found): boolean =>
  (wabaId === undefined || wabaId === row.waba_id) && comparableDigits(phoneNumber) === row.digits;

interface Meant {
  found: readonly Found[];
  ofNumbers: readonly AboutNumber[];
  accounts: ReadonlySet<string>;
  readAt: number;
}

async function keepNews(
  trx: Transaction<Tables>,
  deps: QueryDeps,
  { found, ofNumbers, readAt }: Meant,
): Promise<void> {
  const least = await apartOnAccounts(trx, deps, [...new Set(found.map(({ waba_id }) => waba_id))]);
  for (const some of slices(found.map(({ phone_number_id }) => phone_number_id))) {
    for (const row of await lockNumbers(trx, deps, some)) {
      const said = ofNumbers.filter((one) => isMeant(one, row));
      await updateNumber(trx, deps, row.phone_number_id, {
        facts: await sayOfNumber(trx, deps, row, said),
        run_at: plannedRead(row, readAt, least(row.waba_id)),
        wakes: row.wakes + 1,
      });
    }
  }
}

/** How many numbers an account may have: the newest word counts, of two for one moment the smaller number. */
async function keepCaps(
  trx: Transaction<Tables>,
  { scope }: QueryDeps,
  caps: readonly AboutCap[],
): Promise<void> {
  const newest = new Map<string, AboutCap>();
  for (const cap of caps) {
    const known = newest.get(cap.wabaId);
    if (known === undefined || isNewer(cap, known)) newest.set(cap.wabaId, cap);
  }
  // In one order as well.
  const ordered = [...newest.values()].toSorted((a, b) => (a.wabaId < b.wabaId ? -1 : 1));
  for (const { wabaId, mostNumbers, at } of ordered) {
    await trx
      .insertInto('signup_account_caps')
      .values({
        app_id: scope.appId,
        business_id: scope.businessId,
        waba_id: wabaId,
        most_numbers: mostNumbers,
        at,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['app_id', 'business_id', 'waba_id'])
          .doUpdateSet({ most_numbers: mostNumbers, at })
          .where((eb) =>
            eb.or([
              eb('signup_account_caps.at', '<', at),
              eb.and([
                eb('signup_account_caps.at', '=', at),
                eb('signup_account_caps.most_numbers', '>', mostNumbers),
              ]),
            ]),
          ),
      )
      .execute();
  }
}

const isNewer = (one: AboutCap, other: AboutCap): boolean =>
  one.at > other.at || (one.at === other.at && one.mostNumbers < other.mostNumbers);

function* slices(values: readonly string[]): Generator<string[]> {
  for (let from = 0; from < values.length; from += slice) yield values.slice(from, from + slice);
}
