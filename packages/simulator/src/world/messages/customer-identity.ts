import type { Customer } from './customer.ts';
import type { Moment } from '../simulation.ts';

/** The customer with this number (digits). Everyone is on WhatsApp, so whoever is unknown appears now. */
export function customerOf({ world, ids }: Pick<Moment, 'world' | 'ids'>, waId: string): Customer {
  const known = world.customers.get(waId);
  if (known !== undefined) return known;
  const customer = { waId, name: `Customer ${waId.slice(-4)}`, identityKeyHash: ids.identityKeyHash() };
  world.customers.set(waId, customer);
  return customer;
}

/**
 * Gives a customer a new identity, as a new phone or a new owner of the number does. Meta sends nothing about it by
 * itself: the new hash comes with the next message (phone numbers guide, "Identity Change Check").
 */
export function changeIdentity(moment: Pick<Moment, 'world' | 'ids'>, waId: string): Customer {
  const customer = customerOf(moment, waId);
  customer.identityKeyHash = moment.ids.identityKeyHash();
  return customer;
}
