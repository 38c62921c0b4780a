import type { Customer } from '@embedded-signup-kit/server';
import type { Request } from 'express';
import { findCustomer, type DemoCustomer } from './customers.ts';

/** Who is logged in. */
export type Visitor =
  { readonly role: 'staff' } | { readonly role: 'customer'; readonly customer: DemoCustomer };

/** The account of Harbor's own people; the others are the ids of customers. */
export const staffAccount = 'staff';

/** Who an account belongs to, or `undefined` when there is none of that name. */
export function findVisitor(account: string): Visitor | undefined {
  if (account === staffAccount) return { role: 'staff' };
  const customer = findCustomer(account);
  return customer === undefined ? undefined : { role: 'customer', customer };
}

/** Who sends this request, by the signed cookie, or `undefined`. */
export function visitorOf(req: Request): Visitor | undefined {
  const account: unknown = req.session?.['account'];
  return typeof account === 'string' ? findVisitor(account) : undefined;
}

/** The `customer` option of the kit: the site's own log-in decides who is being onboarded, never the page. */
export function signedInCustomer(req: Request): Customer | undefined {
  const visitor = visitorOf(req);
  if (visitor?.role !== 'customer') return undefined;
  const { id, country } = visitor.customer;
  return { id, country };
}
