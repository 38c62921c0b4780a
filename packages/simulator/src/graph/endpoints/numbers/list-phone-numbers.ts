import { SECOND } from '../../../clock/units.ts';
import { isJsonObject } from '../../../json.ts';
import { digitsOf } from '../../../phone/phone-number.ts';
import { displayedDigits } from '../../../phone/national-prefix.ts';
import type { PhoneNumber } from '../../../world/numbers/phone-number.ts';
import type { Simulation } from '../../../world/simulation.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { invalidParameter } from '../../errors/general-errors.ts';
import { listOf } from '../../forms/list-of.ts';
import { PHONE_NUMBER_FORM } from '../../forms/phone-number-form.ts';

const SORT = /^(?:last_onboarded_time|creation_time)[._](asc|desc)(?:ending)?$/;
const FILTERS = ['account_mode', 'messaging_limit_tier', 'is_official_business_account'];

/**
 * `GET /<WABA_ID>/phone_numbers`: the account's numbers, last onboarded first. `sort` is read in both documented
 * spellings, `['last_onboarded_time_ascending']` and `last_onboarded_time.asc`; `filtering` is a JSON list;
 * `display_phone_number` filters by digits, as the guide promises; `summary=total_count` counts what was found.
 * Throws GraphError 100.
 */
export const listPhoneNumbers: NodeEndpoint<WhatsAppAccount> = (deps, account, call) => {
  const { parameters } = call;
  const fits = readFilters(deps, parameters.text('filtering'));
  const oldestFirst = readSort(parameters.text('sort')) === 'asc';
  const summary = parameters.oneOf('summary', ['total_count', 'true']);
  const wanted = parameters.text('display_phone_number');
  const listedFrom = deps.clock.now() - deps.settings.assumptions.listedAfterSeconds * SECOND;
  const numbers = [...deps.world.phoneNumbers.values()].filter(
    (number) =>
      number.accountId === account.id &&
      number.onboardedAt <= listedFrom &&
      (wanted === undefined || isWritten(deps, number, digitsOf(wanted))) &&
      fits(number),
  );
  const sorted = oldestFirst ? numbers : numbers.toReversed();
  const page = listOf(deps, call, PHONE_NUMBER_FORM, sorted, { newestFirst: !oldestFirst });
  if (summary === undefined || !isJsonObject(page)) return page;
  return { ...page, summary: { total_count: numbers.length } };
};

/** The number itself, or how it is displayed without a national prefix. */
function isWritten({ settings }: Simulation, { digits }: PhoneNumber, wanted: string): boolean {
  return (
    wanted === digits || wanted === displayedDigits(digits, settings.assumptions.nationalPrefixInDisplay)
  );
}

function readSort(text: string | undefined): string {
  if (text === undefined) return 'desc';
  const order = SORT.exec(text.replace(/^\[\s*['"]?|['"]?\s*\]$/g, ''))?.[1];
  if (order === undefined)
    throw invalidParameter('sort must be last_onboarded_time.asc or .desc, or the like');
  return order;
}

function readFilters(deps: Simulation, text: string | undefined): (number: PhoneNumber) => boolean {
  if (text === undefined) return () => true;
  const filters = parseList(text).map((filter) => {
    if (!isJsonObject(filter)) throw invalidParameter('filtering must be a list of objects');
    const { field, operator, value } = filter;
    if (typeof field !== 'string' || !FILTERS.includes(field)) {
      throw invalidParameter(`filtering field must be ${FILTERS.join(' or ')}`);
    }
    if (operator !== 'EQUAL') throw invalidParameter('filtering operator must be EQUAL');
    return { field, value };
  });
  return (number) =>
    filters.every(({ field, value }) => {
      const written = PHONE_NUMBER_FORM.fields[field]?.(number, deps);
      return written === value || JSON.stringify(written) === value;
    });
}

function parseList(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
  } catch {
    // Answered below, like JSON that is no list.
  }
  throw invalidParameter('filtering must be a JSON list');
}
