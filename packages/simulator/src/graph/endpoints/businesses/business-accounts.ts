import type { Business } from '../../../world/businesses/business.ts';
import { clientAccounts } from '../../../world/access/graph-node.ts';
import type { WhatsAppAccount } from '../../../world/businesses/whatsapp-account.ts';
import type { Parameters } from '../../call/parameters.ts';
import type { NodeEndpoint } from '../../call/graph-call.ts';
import { readFilters, type Filter } from '../../call/read-filters.ts';
import { invalidParameter } from '../../errors/general-errors.ts';
import { ACCOUNT_FORM } from '../../forms/account-form.ts';
import { listOf } from '../../forms/list-of.ts';

const OWNERSHIP = 'CLIENT_OWNED';

/**
 * `GET /<BUSINESS_ID>/client_whatsapp_business_accounts`: what customers share with this partner, oldest first unless
 * `sort` says otherwise (Meta names no default). Throws GraphError 100.
 */
export const listClientAccounts: NodeEndpoint<Business> = (deps, business, call) =>
  listOf(
    deps,
    call,
    ACCOUNT_FORM,
    chosen(clientAccounts(deps, business.id), call.parameters),
    orderOf(call.parameters),
  );

/** `GET /<BUSINESS_ID>/owned_whatsapp_business_accounts`: the business's own accounts. Throws GraphError 100. */
export const listOwnedAccounts: NodeEndpoint<Business> = (deps, business, call) => {
  const owned = [...deps.world.accounts.values()].filter(
    ({ ownerBusinessId }) => ownerBusinessId === business.id,
  );
  return listOf(deps, call, ACCOUNT_FORM, chosen(owned, call.parameters), orderOf(call.parameters));
};

function chosen(accounts: readonly WhatsAppAccount[], parameters: Parameters): WhatsAppAccount[] {
  const tests = readFilters(parameters).map(testOf);
  const found = accounts.filter((account) => tests.every((test) => test(account)));
  return orderOf(parameters).newestFirst ? found.toReversed() : found;
}

function orderOf(parameters: Parameters): { newestFirst: boolean } {
  const sort = parameters.text('sort') ?? 'creation_time_ascending';
  const order = /^\[?["']?creation_time_(ascending|descending)["']?\]?$/.exec(sort)?.[1];
  if (order === undefined) {
    throw invalidParameter('sort must be creation_time_ascending or creation_time_descending');
  }
  return { newestFirst: order === 'descending' };
}

/** The two documented filters: `creation_time` in seconds, and `ownership_type`. */
function testOf({ field, operator, values }: Filter): (account: WhatsAppAccount) => boolean {
  if (field === 'ownership_type' && operator === 'IN') return () => values.includes(OWNERSHIP);
  const [first = NaN, last = NaN] = values.map(Number);
  const seconds = ({ createdAt }: WhatsAppAccount) => Math.floor(createdAt / 1000);
  if (field === 'creation_time' && !Number.isNaN(first)) {
    if (operator === 'LESS_THAN') return (account) => seconds(account) < first;
    if (operator === 'GREATER_THAN') return (account) => seconds(account) > first;
    if (operator === 'IN_RANGE' && !Number.isNaN(last)) {
      return (account) => seconds(account) >= first && seconds(account) <= last;
    }
  }
  throw invalidParameter('filtering knows creation_time and ownership_type');
}
