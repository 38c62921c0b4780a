import { Router } from 'express';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { NumberVerbs } from '../numbers/number-verbs.ts';

/** What the operator's routes about customers' accounts are made of. */
export interface OperatorAccountsRouterDeps {
  numbers: NumberVerbs;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

/** The operator's routes under `/accounts`: a number of the pool is put on a customer's account, without the popup. */
export function operatorAccountsRouter(_deps: OperatorAccountsRouterDeps): Router {
  return Router();
}
