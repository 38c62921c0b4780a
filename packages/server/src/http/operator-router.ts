import { Router, type ErrorRequestHandler } from 'express';
import { nothingHere } from './http-problem.ts';
import { operatorAccountsRouter, type OperatorAccountsRouterDeps } from './operator-accounts-router.ts';
import { operatorClaimsRouter, type OperatorClaimsRouterDeps } from './operator-claims-router.ts';
import { operatorEventsRouter } from './operator-events-router.ts';
import { operatorNumbersRouter, type OperatorNumbersRouterDeps } from './operator-numbers-router.ts';
import { operatorOverviewRouter } from './operator-overview-router.ts';
import {
  operatorPhoneNumbersRouter,
  type OperatorPhoneNumbersRouterDeps,
} from './operator-phone-numbers-router.ts';
import { staffGuard } from './staff-guard.ts';

/** What the operator's routes are made of. */
export interface OperatorRouterDeps
  extends
    OperatorClaimsRouterDeps,
    OperatorNumbersRouterDeps,
    OperatorPhoneNumbersRouterDeps,
    OperatorAccountsRouterDeps {
  /** Answers every error. */
  problems: ErrorRequestHandler;
}

/** The routes for BSP staff. The host puts its own authentication in front of them. */
export function operatorRouter(deps: OperatorRouterDeps): Router {
  const router = Router();
  router.use(staffGuard);
  router.use('/overview', operatorOverviewRouter(deps));
  router.use('/numbers', operatorNumbersRouter(deps));
  router.use('/claims', operatorClaimsRouter(deps));
  router.use('/phone-numbers', operatorPhoneNumbersRouter(deps));
  router.use('/accounts', operatorAccountsRouter(deps));
  router.use('/events', operatorEventsRouter(deps));
  router.use(nothingHere, deps.problems);
  return router;
}
