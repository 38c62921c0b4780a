import { chooseNumber, type Candidate } from '../domain/choose-number.ts';
import { second } from '../domain/durations.ts';
import { finishKind } from '../domain/finish-event.ts';
import { digitsOf } from '../domain/number-match.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { customerToken } from './customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import {
  needsOperator,
  proven,
  refused,
  staysOnBusinessApp,
  withoutNumber,
  type PoolFinding,
} from './verdicts.ts';
import { withFailures } from './with-failures.ts';

/** How long the session log may come after the code before the token's own word has to do. */
const eventPatience = 20 * second;

/** Meta lists a new number within moments; after this many looks it is not coming. */
const mostLooks = 5;

/**
 * Asks Meta whether the claim is true. The browser is never believed: the token must be valid and of our app, the
 * account among its grants, the number listed on that account, and its digits are compared with the whole pool.
 */
export function proveClaim(deps: RegistrationDeps): Step {
  const { graph, store, clock, meta } = deps;
  return withFailures(deps, async ({ claim, lease }) => {
    const token = await customerToken(deps, claim);
    const facts = await graph.inspectToken(token);
    if (!facts.valid || facts.appId !== meta.appId) {
      return refused('token_not_ours', 'The token of this sign-up is not valid for this app.');
    }
    const named = claim.eventData.waba_id;
    if (named !== undefined && facts.wabaIds.length > 0 && !facts.wabaIds.includes(named)) {
      return refused(
        'account_not_granted',
        'The customer’s token does not cover this WhatsApp Business Account.',
      );
    }
    const wabaIds = named === undefined ? facts.wabaIds : [named];
    if (wabaIds.length === 0) {
      return needsOperator(
        'account_unknown',
        'Neither Meta nor the popup said which account this sign-up is about.',
      );
    }
    const kind = finishKind(claim.event, claim.eventData.phone_number_id);
    const [firstWaba] = wabaIds;
    if (kind === 'without_number') return withoutNumber(firstWaba);
    if (claim.event === undefined && clock.now() < claim.createdAt + eventPatience) {
      return { next: { do: 'wait', step: 'prove', runAt: claim.createdAt + eventPatience } };
    }

    const candidates: Candidate[] = [];
    const pool = new Map<string, PoolFinding | undefined>();
    for (const wabaId of wabaIds) {
      for await (const number of graph.listAccountNumbers(wabaId, token)) {
        const { id: phoneNumberId, displayPhoneNumber } = number;
        candidates.push({ phoneNumberId, wabaId, displayPhoneNumber });
        const phoneNumber = digitsOf(displayPhoneNumber);
        pool.set(phoneNumberId, await store.findPoolNumber({ phoneNumber, customerId: claim.customerId }));
      }
    }
    const chosen = chooseNumber({
      candidates,
      claimedId: claim.eventData.phone_number_id,
      isHeld: ({ phoneNumberId }) => pool.get(phoneNumberId)?.heldByCustomer === true,
    });
    const now = clock.now();
    if ('candidate' in chosen) {
      const { candidate } = chosen;
      const { phoneNumberId, displayPhoneNumber, wabaId } = candidate;
      return kind === 'coexistence'
        ? staysOnBusinessApp(wabaId, { phoneNumberId, displayPhoneNumber }, now)
        : proven(claim, candidate, pool.get(phoneNumberId), now);
    }
    if (kind === 'coexistence') return staysOnBusinessApp(firstWaba, undefined, now);
    return withoutCandidate(chosen.none, lease.attempts, firstWaba, now);
  });
}

function withoutCandidate(
  why: 'not_listed' | 'no_number' | 'several',
  looks: number,
  wabaId: string | undefined,
  now: number,
): StepEnd {
  if (why === 'several') {
    return needsOperator(
      'several_numbers',
      'The account has several numbers and the popup named none. Choose one.',
    );
  }
  if (looks < mostLooks) return { next: { do: 'wait', step: 'prove', runAt: now + 3 * second } };
  return why === 'no_number'
    ? withoutNumber(wabaId)
    : refused('number_not_listed', 'The account of this customer does not list this number.');
}
