import type { Check } from './check.ts';
import { checkAllowedOrigins } from './checks/check-allowed-origins.ts';
import { checkAppSecret } from './checks/check-app-secret.ts';
import { checkAppSubscription } from './checks/check-app-subscription.ts';
import { checkBusiness } from './checks/check-business.ts';
import { checkClock } from './checks/check-clock.ts';
import { checkDatabase } from './checks/check-database.ts';
import { checkDurability } from './checks/check-durability.ts';
import { checkGraph } from './checks/check-graph.ts';
import { checkOptions } from './checks/check-options.ts';
import { checkPage } from './checks/check-page.ts';
import { checkPool } from './checks/check-pool.ts';
import { checkPoolAccess } from './checks/check-pool-access.ts';
import { checkSecrets } from './checks/check-secrets.ts';
import { checkSystemUserToken } from './checks/check-system-user-token.ts';
import { checkTexts } from './checks/check-texts.ts';
import { checkVerifyToken } from './checks/check-verify-token.ts';
import { checkWebhook } from './checks/check-webhook.ts';
import type { DoctorParts } from './doctor-parts.ts';
import { gatherFacts } from './facts.ts';

/** In the order in which they are shown. */
const checks = [
  checkOptions,
  checkSecrets,
  checkVerifyToken,
  checkAllowedOrigins,
  checkGraph,
  checkAppSecret,
  checkSystemUserToken,
  checkBusiness,
  checkPoolAccess,
  checkAppSubscription,
  checkWebhook,
  checkPage,
  checkClock,
  checkDatabase,
  checkDurability,
  checkPool,
  checkTexts,
];

/**
 * Looks at everything that signing up rests on, all of it at once. Changes nothing, here or at Meta, and never rejects.
 *
 * @returns a check of each kind, in the order of `checkTitles`
 */
export function examine(parts: DoctorParts): Promise<Check[]> {
  const deps = { ...parts, facts: gatherFacts(parts) };
  return Promise.all(checks.map((check) => check(deps)));
}
