import { Router } from 'express';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { NumberVerbs } from '../numbers/number-verbs.ts';
import { numberForAccount } from '../numbers/put-on-account.ts';
import { operatorClaimView } from './claim-view.ts';
import { bodyOf, jsonBody, sendJson } from './json-body.ts';
import { operatorName } from './operator-name.ts';

/** What the operator's routes about customers' accounts are made of. */
export interface OperatorAccountsRouterDeps {
  numbers: NumberVerbs;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

/** The operator's routes under `/accounts`: a number of the pool is put on a customer's account, without the popup. */
export function operatorAccountsRouter({ numbers, operator }: OperatorAccountsRouterDeps): Router {
  const who = operatorName(operator);
  const router = Router();
  router.use(jsonBody);

  router.post('/:wabaId/phone-numbers', async (req, res) => {
    const number = bodyOf(req, numberForAccount);
    const { outcome, claim } = await numbers.putOnAccount(req.params.wabaId, who(req), number);
    // The claims are the operator's as well: beside this router.
    const mount = req.baseUrl.slice(0, -'/accounts'.length);
    res.location(`${mount}/claims/${claim.id}`);
    sendJson(res, outcome === 'opened' ? 202 : 200, { claim: operatorClaimView(claim) });
  });

  return router;
}
