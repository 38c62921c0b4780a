import { Router } from 'express';
import type { EmbeddedSignupOptions } from '../config/options.ts';
import type { NumberVerbs } from '../numbers/number-verbs.ts';

/** What the operator's routes about numbers in service are made of. */
export interface OperatorPhoneNumbersRouterDeps {
  numbers: NumberVerbs;
  /** Who of the staff calls. */
  operator: NonNullable<EmbeddedSignupOptions['operator']>;
}

/** The operator's routes under `/phone-numbers`: what is known of a number in service, and its identity check. */
export function operatorPhoneNumbersRouter(_deps: OperatorPhoneNumbersRouterDeps): Router {
  return Router();
}
