import type { Claim, EmbeddedSignup } from '@embedded-signup-kit/server';
import { Router } from 'express';
import { homeOf } from './log-in.ts';
import { onboardingPage } from './pages/onboarding-page.ts';
import { visitorOf } from './visitor.ts';

/** More than a demo customer will ever claim. */
const most = 50;

/** The customer's page, and what it shows of the customer's claims. */
export function customerPages({ claims }: { claims: Pick<EmbeddedSignup['claims'], 'list'> }): Router {
  const router = Router();

  router.get('/', (req, res) => {
    const visitor = visitorOf(req);
    if (visitor === undefined) res.redirect(303, '/log-in');
    else if (visitor.role === 'customer') res.send(String(onboardingPage(visitor)));
    else res.redirect(303, homeOf(visitor));
  });

  router.get('/my-claims', async (req, res) => {
    const visitor = visitorOf(req);
    if (visitor?.role !== 'customer') {
      res.status(401).json({ detail: 'Log in as a customer first.' });
      return;
    }
    const { id } = visitor.customer;
    const { items } = await claims.list({ search: id, limit: most });
    // The search also looks at other columns; only the customer's own claims may leave.
    const own = items.filter(({ customerId }) => customerId === id);
    res.json({ claims: own.map(toCustomer) });
  });

  return router;
}

/** What a customer may know of a claim. */
function toCustomer({ status, displayPhoneNumber, phoneNumber, wabaId, createdAt }: Claim) {
  return {
    status,
    number: displayPhoneNumber ?? phoneNumber,
    wabaId,
    createdAt: new Date(createdAt).toISOString(),
  };
}
