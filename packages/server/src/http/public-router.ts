import { Router, type ErrorRequestHandler } from 'express';
import { customerRouter, type CustomerRouterDeps } from './customer-router.ts';
import { nothingHere } from './http-problem.ts';
import { smsRouter, type SmsRouterDeps } from './sms-router.ts';
import { webhookRouter, type WebhookRouterDeps } from './webhook-router.ts';

/** What the routes that anybody can reach are made of. */
export interface PublicRouterDeps {
  health: Router;
  webhook: WebhookRouterDeps;
  sms: SmsRouterDeps;
  customer: CustomerRouterDeps;
  /** Answers every error. */
  problems: ErrorRequestHandler;
}

/** Everything under the host's mount path for customers. Each part has its own authentication. */
export function publicRouter({ health, webhook, sms, customer, problems }: PublicRouterDeps): Router {
  const router = Router();
  router.use(health, webhookRouter(webhook), smsRouter(sms), customerRouter(customer));
  router.use(nothingHere, problems);
  return router;
}
