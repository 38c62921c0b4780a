import type { Step } from '../ports/step.ts';
import { customerToken } from './customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { withFailures } from './with-failures.ts';

/** Subscribes the app to the customer's account, so that its webhooks reach the BSP. Doing it twice does no harm. */
export function subscribeApp(deps: RegistrationDeps): Step {
  return withFailures(deps, async ({ claim }) => {
    if (claim.wabaId === undefined) throw new Error(`The proven claim ${claim.id} has no account.`);
    await deps.graph.subscribeApp(claim.wabaId, await customerToken(deps, claim));
    return {
      event: 'registering',
      history: { what: 'app subscribed', who: 'kit', reason: undefined, traceId: undefined },
      next: { do: 'go', step: 'register' },
    };
  });
}
