import { claimStatuses } from '@embedded-signup-kit/protocol';
import {
  claimCodeRequestSchema,
  claimVerificationRequestSchema,
} from '@embedded-signup-kit/protocol/schemas';
import express, { Router, type Response } from 'express';
import { z } from 'zod';
import { assignment } from '../claims/assign-claim.ts';
import type { ClaimVerbs } from '../claims/claim-verbs.ts';
import { dismissalReason } from '../claims/dismiss-claim.ts';
import { exactly, sixDigits } from '../ports/given.ts';
import type { ClaimToImport } from '../claims/import-claims.ts';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { Claim } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import { historyView, operatorClaimView } from './claim-view.ts';
import { HttpProblem } from './http-problem.ts';
import { idOf } from './id-of.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import { operatorName } from './operator-name.ts';
import { page, queryOf, word } from './query-of.ts';

/** What the operator's routes about claims are made of. */
export interface OperatorClaimsRouterDeps {
  store: Store;
  claims: ClaimVerbs;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

const claimsQuery = z.object({
  ...page,
  search: word.optional(),
  status: z.enum(claimStatuses).optional(),
});
const nothing = exactly({});
const dismissal = exactly({ reason: dismissalReason });
const pinBody = exactly({ pin: sixDigits });
// The rows are checked by the verb, which names every problem of them at once.
const importBody = exactly({ claims: z.custom<ClaimToImport[]>(Array.isArray, 'must be a list') });

/** A thousand rows, each with a long token. */
const importJson = express.json({ limit: '8mb', inflate: false, strict: true });

/** The operator's routes under `/claims`: the list, one claim with its history, and what can be done with it. */
export function operatorClaimsRouter({ store, claims, operator }: OperatorClaimsRouterDeps): Router {
  const who = operatorName(operator);
  const router = Router();

  router.get('/', async (req, res) => {
    const { items, nextCursor } = await store.listClaims(queryOf(req, claimsQuery));
    sendJson(res, 200, { claims: items.map(operatorClaimView), nextCursor });
  });

  router.post('/import', importJson, async (req, res) => {
    const { claims: rows } = bodyOf(req, importBody);
    sendJson(res, 200, { results: await claims.import(rows, who(req)) });
  });

  router.use(jsonBody);

  router.get('/:id', async (req, res) => {
    const claim = await store.findClaim(idOf(req));
    if (claim === undefined) throw new HttpProblem('not_found', 'There is no claim with this id.');
    const history = await store.claimHistory(claim.id);
    sendJson(res, 200, {
      claim: operatorClaimView(claim),
      history: history.map(historyView),
      // Once Meta has said what is true, what the page said is of no use any more.
      ...(claim.provenAt === undefined ? { hearsay: claim.eventData } : {}),
    });
  });

  router.post('/:id/retry', async (req, res) => {
    bodyOf(req, nothing);
    sendClaim(res, await claims.retry(idOf(req), who(req)));
  });

  router.post('/:id/dismiss', async (req, res) => {
    const { reason } = bodyOf(req, dismissal);
    sendClaim(res, await claims.dismiss(idOf(req), who(req), reason));
  });

  router.post('/:id/end', async (req, res) => {
    bodyOf(req, nothing);
    sendClaim(res, await claims.end(idOf(req), who(req)));
  });

  router.post('/:id/assign', async (req, res) => {
    const body = bodyOf(req, assignment);
    sendClaim(res, await claims.assign(idOf(req), who(req), body));
  });

  router.post('/:id/code', async (req, res) => {
    const request = bodyOf(req, claimCodeRequestSchema);
    sendClaim(res, await claims.requestCode(idOf(req), who(req), request));
  });

  router.post('/:id/verification', async (req, res) => {
    const { code } = bodyOf(req, claimVerificationRequestSchema);
    sendClaim(res, await claims.submitCode(idOf(req), who(req), code));
  });

  router.post('/:id/pin', async (req, res) => {
    const { pin } = bodyOf(req, pinBody);
    sendClaim(res, await claims.supplyPin(idOf(req), who(req), pin));
  });

  // A POST, because the reading is written into the history.
  router.post('/:id/pin/reading', async (req, res) => {
    bodyOf(req, nothing);
    sendJson(res, 200, { pin: await claims.readPin(idOf(req), who(req)) });
  });

  return router;
}

function sendClaim(res: Response, claim: Claim): void {
  sendJson(res, 200, { claim: operatorClaimView(claim) });
}
