import { GraphError } from '../ports/graph-error.ts';
import type { Step } from '../ports/step.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { endOf, withFailures } from './with-failures.ts';

/**
 * Subscribes the app to the customer's account, so that its webhooks reach the BSP: plainly first, because Meta refuses an
 * override before that (Meta, "Webhook overrides"), then with the configured address. Doing it twice does no harm.
 */
export function subscribeApp(deps: RegistrationDeps): Step {
  const { graph, options } = deps;
  const { creditLine, webhookOverride } = options;
  return withFailures(deps, async (context) => {
    const { claim } = context;
    if (claim.wabaId === undefined) throw new Error(`The proven claim ${claim.id} has no account.`);
    const token = await customerToken(deps, claim);
    await graph.subscribeApp(claim.wabaId, token);
    if (webhookOverride !== undefined) {
      const { callbackUri, verifyToken } = webhookOverride;
      try {
        await graph.subscribeApp(claim.wabaId, token, { callbackUri, verifyToken: verifyToken.reveal() });
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        const end = endOf(deps, context, error);
        return end.event === 'operator_needed' ? { ...end, reason: overrideRefused } : end;
      }
    }
    return {
      event: 'registering',
      history: line(
        webhookOverride === undefined ? 'app subscribed' : 'app subscribed, webhooks by webhookOverride',
      ),
      next: { do: 'go', step: creditLine === undefined ? 'register' : 'credit' },
    };
  });
}

/** The app is subscribed; its messages would go to an address that the host does not want, so nothing goes on. */
const overrideRefused = {
  code: 'webhook_override_refused',
  message:
    'Meta does not take the webhookOverride for this account. Check that its callbackUri is public, answers Meta’s handshake with its verifyToken, and that the app has a webhook of its own. Then have the claim tried again.',
};
