import express, { type Router } from 'express';
import type { PartnerControl } from './partner-control.ts';
import { readNewPartner, readRevocation } from './read/partner.ts';

/** The controls over partners and tokens, over HTTP. */
export function partnerRoutes(control: PartnerControl): Router {
  const router = express.Router();
  router.post('/partners', (req, res) => {
    res.status(201).json(control.addPartner(readNewPartner(req.body)));
  });
  router.post('/tokens/revoke', (req, res) => {
    res.json({ revoked: control.revokeToken(readRevocation(req.body)) });
  });
  return router;
}
