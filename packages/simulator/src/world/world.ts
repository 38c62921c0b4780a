import type { Identifiers } from '../random/identifiers.ts';
import type { AssignedUser } from './businesses/assigned-user.ts';
import type { BusinessToken } from './access/business-token.ts';
import type { AuthorizationCode } from './access/authorization-code.ts';
import type { Business, Person } from './businesses/business.ts';
import type { CreditAllocation, CreditLine } from './credit/credit.ts';
import type { Customer } from './messages/customer.ts';
import type { InboxMessage, OneTimeCode } from './codes/one-time-code.ts';
import type { DeletedNumber } from './numbers/deleted-number.ts';
import { noHourlyCalls, type HourlyCalls } from './hourly-calls.ts';
import type { Partner } from './businesses/partner.ts';
import type { PhoneNumber } from './numbers/phone-number.ts';
import type { PreverifiedNumber } from './numbers/preverified-number.ts';
import { createSmsState, type SmsState } from './sms-state.ts';
import type { VerificationAttempts } from './codes/verification-attempts.ts';
import { createWebhookState, type WebhookState } from './webhook-state.ts';
import type { WhatsAppAccount } from './businesses/whatsapp-account.ts';
import type { WhatsAppMessage } from './messages/whatsapp-message.ts';

/** Everything Meta would know. Maps keep the order of creation. */
export interface World {
  businesses: Map<string, Business>;
  people: Map<string, Person>;
  preverifiedNumbers: Map<string, PreverifiedNumber>;
  accounts: Map<string, WhatsAppAccount>;
  phoneNumbers: Map<string, PhoneNumber>;
  /** When each customer's business came to the partner first (ms, UTC), by its id. */
  onboardings: Map<string, number>;
  /** By the code itself. */
  authorizationCodes: Map<string, AuthorizationCode>;
  /** By the token itself. */
  tokens: Map<string, BusinessToken>;
  /** Other Solution Partners, by their businesses. */
  partners: Map<string, Partner>;
  /** Businesses that numbers of the pool are shared with, by the number's id. */
  sharedNumbers: Map<string, readonly string[]>;
  /** Partners' users on customers' accounts, by the account. */
  assignedUsers: Map<string, readonly AssignedUser[]>;
  creditLines: Map<string, CreditLine>;
  creditAllocations: Map<string, CreditAllocation>;
  /** The newest code sent to each number, by its digits. */
  oneTimeCodes: Map<string, OneTimeCode>;
  /** What was tried to verify each number, by its digits. */
  verificationAttempts: Map<string, VerificationAttempts>;
  /** verify_code calls of the app that count against its limit (ms, UTC). */
  verifyCodeCalls: number[];
  /** Calls that count against the limit of each account, by its id. */
  accountCalls: Map<string, HourlyCalls>;
  /** Calls that count against the app's own limit. */
  appCalls: HourlyCalls;
  /** Numbers that were deleted from their accounts, by their ids. */
  deletedNumbers: Map<string, DeletedNumber>;
  /** What was sent to phones, oldest first. */
  inbox: InboxMessage[];
  /** People on WhatsApp, by their number (digits). */
  customers: Map<string, Customer>;
  /** What businesses and customers wrote to each other, by `wamid.…`. */
  messages: Map<string, WhatsAppMessage>;
  webhook: WebhookState;
  sms: SmsState;
  /** Objects created so far. */
  created: number;
}

const PEOPLE = [
  { key: 'nora', name: 'Nora Berg', business: 'Berg Flower Shop' },
  { key: 'tomas', name: 'Tomas Silva', business: 'Silva Bike Repair' },
  { key: 'wei', name: 'Wei Chen', business: 'Chen Noodle House' },
];

/** A world before anything happened: the BSP's business, and three people with a business each. */
export function createWorld({ businessId, ids }: { businessId: string; ids: Identifiers }): World {
  const world: World = {
    businesses: new Map([
      [businessId, { id: businessId, name: 'Simulated Solution Partner', verified: true }],
    ]),
    people: new Map(),
    preverifiedNumbers: new Map(),
    accounts: new Map(),
    phoneNumbers: new Map(),
    onboardings: new Map(),
    authorizationCodes: new Map(),
    tokens: new Map(),
    partners: new Map(),
    sharedNumbers: new Map(),
    assignedUsers: new Map(),
    creditLines: new Map(),
    creditAllocations: new Map(),
    oneTimeCodes: new Map(),
    verificationAttempts: new Map(),
    verifyCodeCalls: [],
    accountCalls: new Map(),
    appCalls: noHourlyCalls(),
    deletedNumbers: new Map(),
    inbox: [],
    customers: new Map(),
    messages: new Map(),
    webhook: createWebhookState(),
    sms: createSmsState(),
    created: 0,
  };
  for (const { key, name, business } of PEOPLE) {
    const id = ids.objectId();
    world.businesses.set(id, { id, name: business, verified: false });
    world.people.set(key, { key, name, businessIds: [id] });
  }
  const line = ids.objectId();
  const legalEntityName = 'Simulated Solution Partner';
  world.creditLines.set(line, { id: line, ownerBusinessId: businessId, legalEntityName });
  return world;
}
