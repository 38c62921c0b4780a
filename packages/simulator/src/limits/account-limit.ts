import type { GraphNode } from '../world/access/graph-node.ts';
import { noHourlyCalls } from '../world/hourly-calls.ts';
import type { PhoneNumber } from '../world/numbers/phone-number.ts';
import type { Moment } from '../world/simulation.ts';
import type { WhatsAppAccount } from '../world/businesses/whatsapp-account.ts';
import { spendCallOf, type SpentCall } from './usage.ts';

/** Calls of one app to one WhatsApp account in an hour: few until a number of it is registered (rate limiting page). */
export const ACCOUNT_LIMIT = { before: 200, registered: 5_000 };

const COUNTED =
  /^(GET( phone_numbers)?|(GET|POST|DELETE) (assigned_users|message_templates|subscribed_apps))$/;

/**
 * The id of the account whose limit a call counts against, or undefined. `route` is `METHOD edge`, or `METHOD` alone
 * for the node itself. The calls are those that the rate limiting page lists: reading the account, its numbers and a
 * number, and everything about assigned users, templates and subscribed apps.
 */
export function accountCharged({ kind, node }: GraphNode, route: string): string | undefined {
  if (kind === 'account') return COUNTED.test(route) ? node.id : undefined;
  return kind === 'phoneNumber' && route === 'GET' ? node.accountId : undefined;
}

/** Counts a call against the limit of an account. */
export function spendAccountCall(moment: Pick<Moment, 'world' | 'now'>, accountId: string): SpentCall {
  const { world, now } = moment;
  const counter = world.accountCalls.get(accountId) ?? noHourlyCalls();
  world.accountCalls.set(accountId, counter);
  const { before, registered } = ACCOUNT_LIMIT;
  return spendCallOf(counter, hasRegisteredNumber(moment, accountId) ? registered : before, now);
}

// The registered number found last for each account, so that not every call looks through all numbers.
const foundLast = new WeakMap<WhatsAppAccount, PhoneNumber>();

function hasRegisteredNumber({ world }: Pick<Moment, 'world'>, accountId: string): boolean {
  const account = world.accounts.get(accountId);
  if (account === undefined) return false;
  const known = foundLast.get(account);
  if (known?.registeredAt !== undefined && world.phoneNumbers.get(known.id) === known) return true;
  for (const number of world.phoneNumbers.values()) {
    if (number.accountId !== accountId || number.registeredAt === undefined) continue;
    foundLast.set(account, number);
    return true;
  }
  return false;
}
