import type { Prefill } from '@embedded-signup-kit/server';

/** A business that Harbor Messaging onboards. A real site would read it from its database. */
export interface DemoCustomer {
  /** What the kit knows the customer by. */
  readonly id: string;
  readonly name: string;
  readonly trade: string;
  readonly email: string;
  readonly website: string;
  /** ISO 3166-1 alpha-2; numbers of this country are offered first. */
  readonly country: string;
}

/** The businesses that can log in. Their web addresses are reserved for examples, so none of them is anybody's. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    id: 'lucky-shrub',
    name: 'Lucky Shrub',
    trade: 'Garden plants and advice',
    email: 'hello@lucky-shrub.example',
    website: 'https://lucky-shrub.example',
    country: 'US',
  },
  {
    id: 'jaspers-market',
    name: 'Jasper’s Market',
    trade: 'Groceries to the door',
    email: 'orders@jaspers-market.example',
    website: 'https://jaspers-market.example',
    country: 'GB',
  },
  {
    id: 'wind-and-wool',
    name: 'Wind & Wool',
    trade: 'Knitwear by post',
    email: 'post@wind-and-wool.example',
    website: 'https://wind-and-wool.example',
    country: 'AU',
  },
];

/** Finds a customer, or `undefined`. */
export function findCustomer(id: string): DemoCustomer | undefined {
  return demoCustomers.find((customer) => customer.id === id);
}

/** What Meta's forms can be filled with before the customer sees them. */
export function prefillOf({ name, email, website }: DemoCustomer): Prefill {
  return { business: { name, email, website }, phone: { displayName: name } };
}
