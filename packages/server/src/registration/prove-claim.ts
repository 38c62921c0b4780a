import { chooseNumber, type Candidate } from '../domain/choose-number.ts';
import { minute, second } from '../domain/durations.ts';
import { finishKind } from '../domain/finish-event.ts';
import type { Claim } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import { customerToken } from './customer-token.ts';
import type { RegistrationDeps } from './deps.ts';
import { needsOperator, refused, verdictOn, withoutNumber } from './verdicts.ts';
import { withFailures } from './with-failures.ts';

/** How long the session log may come after the code before the token's own word has to do. */
const eventPatience = 20 * second;

/** Meta lists a new number within moments; after this long it is not coming. */
const listingPatience = minute;
const betweenLooks = 3 * second;

/**
 * Asks Meta whether the claim is true. The browser is never believed: the token must be valid and of our app, the
 * account among its grants, the number listed on that account, and its digits are compared with the whole pool.
 */
export function proveClaim(deps: RegistrationDeps): Step {
  const { graph, store, clock, meta } = deps;
  return withFailures(deps, async ({ claim }) => {
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
    const granted = wabaIds.find((id) => facts.wabaIds.includes(id));
    const kind = finishKind(claim.event, claim.eventData.phone_number_id);
    if (kind === 'without_number') return withoutNumber(granted);
    const eventDue = codeTime(claim) + eventPatience;
    if (claim.event === undefined && clock.now() < eventDue) {
      return { next: { do: 'wait', step: 'prove', runAt: eventDue } };
    }

    const candidates: Candidate[] = [];
    for (const wabaId of wabaIds) {
      for await (const { id, displayPhoneNumber, onBusinessApp } of graph.listAccountNumbers(wabaId, token)) {
        candidates.push({ phoneNumberId: id, wabaId, displayPhoneNumber, onBusinessApp });
      }
    }
    const chosen = chooseNumber({ candidates, claimedId: claim.eventData.phone_number_id });
    const now = clock.now();
    if ('none' in chosen) return withoutCandidate(chosen.none, claim, granted, now);
    const { candidate } = chosen;
    const found = await store.findPoolNumber({
      phoneNumber: candidate.displayPhoneNumber,
      customerId: claim.customerId,
    });
    return verdictOn({ claim, candidate, found, kind, now });
  });
}

function withoutCandidate(
  why: 'not_listed' | 'no_number' | 'several',
  claim: Claim,
  wabaId: string | undefined,
  now: number,
): StepEnd {
  if (why === 'several') {
    return needsOperator(
      'several_numbers',
      'The account has several numbers and the popup named none. Choose one.',
    );
  }
  if (now < codeTime(claim) + listingPatience) {
    return { next: { do: 'wait', step: 'prove', runAt: now + betweenLooks } };
  }
  return why === 'no_number'
    ? withoutNumber(wabaId)
    : refused('number_not_listed', 'The account of this customer does not list this number.');
}

/** When the popup was finished, as far as is known: its code comes within a moment. */
function codeTime(claim: Claim): number {
  return claim.codeReceivedAt ?? claim.createdAt;
}
