import type { Identifiers } from '../random/identifiers.ts';
import type { BusinessToken } from './business-token.ts';
import type { AuthorizationCode } from './authorization-code.ts';
import type { Business, Person } from './business.ts';
import type { InboxMessage, OneTimeCode } from './one-time-code.ts';
import type { PhoneNumber } from './phone-number.ts';
import type { PreverifiedNumber } from './preverified-number.ts';
import type { WhatsAppAccount } from './whatsapp-account.ts';

/** Everything Meta would know. Maps keep the order of creation. */
export interface World {
  businesses: Map<string, Business>;
  people: Map<string, Person>;
  preverifiedNumbers: Map<string, PreverifiedNumber>;
  accounts: Map<string, WhatsAppAccount>;
  phoneNumbers: Map<string, PhoneNumber>;
  /** By the code itself. */
  authorizationCodes: Map<string, AuthorizationCode>;
  /** By the token itself. */
  tokens: Map<string, BusinessToken>;
  /** The newest code sent to each number, by its digits. */
  oneTimeCodes: Map<string, OneTimeCode>;
  /** What was sent to phones, oldest first. */
  inbox: InboxMessage[];
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
    businesses: new Map([[businessId, { id: businessId, name: 'Simulated Solution Partner' }]]),
    people: new Map(),
    preverifiedNumbers: new Map(),
    accounts: new Map(),
    phoneNumbers: new Map(),
    authorizationCodes: new Map(),
    tokens: new Map(),
    oneTimeCodes: new Map(),
    inbox: [],
    created: 0,
  };
  for (const { key, name, business } of PEOPLE) {
    const id = ids.objectId();
    world.businesses.set(id, { id, name: business });
    world.people.set(key, { key, name, businessIds: [id] });
  }
  return world;
}
