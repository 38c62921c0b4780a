import { isByWord } from '../domain/by-word.ts';
import { chooseNumber, type Candidate } from '../domain/choose-number.ts';
import { isLive } from '../domain/claim-transitions.ts';
import { minute, second } from '../domain/durations.ts';
import type { TokenFacts } from '../ports/graph.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim } from '../ports/records.ts';
import type { Step } from '../ports/step.ts';
import { customerToken } from '../ports/customer-token.ts';
import { isAttached } from './attach-verdicts.ts';
import { keepHolding } from './keep-holding.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { saidOf } from './said-of-claim.ts';
import {
  accountOfAnother,
  asNumber,
  needsOperator,
  refused,
  verdictOn,
  withoutNumber,
  type PoolFinding,
  type Verdict,
} from './verdicts.ts';
import { withFailures } from './with-failures.ts';

/** How long the session log may come after the code before the token's own word has to do. */
const eventPatience = 20 * second;

/** Meta lists a new number within moments; after this long it is not coming. */
const listingPatience = minute;
const betweenLooks = 3 * second;

/**
 * Asks Meta whether the claim is true. The browser is never believed: the token must be valid and of our app, the
 * account among its grants, the number listed on that account, and its digits are compared with the whole pool. Where Meta's
 * own word opened the claim and there is no token, the account that Meta named is read with the BSP's own.
 */
export function proveClaim(deps: RegistrationDeps): Step {
  const { graph, store, clock, meta, options } = deps;

  /** The same answer whether or not anybody has this account: a page learns nothing about other customers. */
  const notGranted = async ({ sessionId, customerId }: Claim): Promise<Verdict> =>
    (await store.findHeldNumberTaken({ sessionId, customerId })) === undefined
      ? accountNotGranted
      : heldNumberTaken;

  const listed = async (wabaIds: readonly string[], token: string | undefined): Promise<Candidate[]> => {
    const candidates: Candidate[] = [];
    for (const wabaId of wabaIds) {
      for await (const number of graph.listAccountNumbers(wabaId, token)) {
        const { id, displayPhoneNumber, onBusinessApp } = number;
        candidates.push({ phoneNumberId: id, wabaId, displayPhoneNumber, onBusinessApp });
      }
    }
    return candidates;
  };

  const inPool = async (phoneNumber: string, claim: Claim): Promise<PoolFinding | undefined> => {
    const { id, customerId } = claim;
    const found = await store.findPoolNumber({ phoneNumber, customerId });
    if (found === undefined) return undefined;
    const { claimId } = found.number;
    const owner = claimId === undefined || claimId === id ? undefined : await store.findClaim(claimId);
    const isOfAnother = owner !== undefined && isLive(owner) && owner.customerId !== customerId;
    // The store has a claim that rests on Meta's word alone end then.
    const ownedByAnother = isOfAnother && !(isByWord(owner) && !isByWord(claim));
    return { ...found, ownedByAnother };
  };

  /** @param grants accounts that are the customer's by Meta's word */
  const judge = async (
    claim: Claim,
    token: string | undefined,
    grants: readonly string[],
  ): Promise<Verdict> => {
    const { wabaId: named, phoneNumberId: claimedId, kind } = saidOf(claim);
    const covers = (wabaId: string) => grants.includes(wabaId);
    if (named !== undefined && grants.length > 0 && !covers(named)) return notGranted(claim);

    const eventDue = codeTime(claim) + eventPatience;
    // A page that Meta sent the customer back to has only the code: nothing was posted, and nothing will be.
    const mayStillBeSaid =
      claim.event === undefined && claimedId === undefined && claim.redirectUri === undefined;
    if (mayStillBeSaid && claim.assignedAt === undefined && clock.now() < eventDue) {
      return { next: { do: 'wait', step: 'prove', runAt: eventDue } };
    }
    const wabaIds = named === undefined ? grants : [named];
    if (wabaIds.length === 0) return accountUnknown;
    const [only, ...others] = wabaIds;
    const account = others.length === 0 ? only : undefined;
    const granted = account !== undefined && covers(account) ? account : undefined;
    const finishedWithout = (proven: string | undefined): Verdict =>
      options.attachWhenNoNumber && proven !== undefined ? toAttach(proven) : withoutNumber(granted);
    if (kind === 'without_number' && (granted !== undefined || !options.attachWhenNoNumber)) {
      return finishedWithout(granted);
    }

    let candidates: Candidate[];
    try {
      candidates = await listed(wabaIds, token);
    } catch (error) {
      // A token without grants is asked about the account itself; Meta answers alike for "not yours" and "not there".
      if (granted === undefined && named !== undefined && isNotTheirs(error)) return notGranted(claim);
      if (token === undefined && isRefusal(error)) return accountUnreadable;
      throw error;
    }
    if (kind === 'without_number') return finishedWithout(account);
    const chosen = chooseNumber({ candidates, claimedId, kind });
    const now = clock.now();
    if ('none' in chosen) {
      if (chosen.none === 'several') return severalNumbers;
      if (now < codeTime(claim) + listingPatience) {
        return { next: { do: 'wait', step: 'prove', runAt: now + betweenLooks } };
      }
      return chosen.none === 'no_number' ? finishedWithout(account) : numberNotListed;
    }
    const { candidate } = chosen;
    const { customerId, assignedAt } = claim;
    const isOfAnother =
      assignedAt === undefined &&
      (await store.findAccountOfAnother({
        wabaId: candidate.wabaId,
        customerId,
        // Meta's word is not better than Meta's word.
        evenByWord: isByWord(claim),
      })) !== undefined;
    if (isOfAnother) return { ...accountOfAnother(), patch: asNumber(candidate) };
    const found = await inPool(candidate.displayPhoneNumber, claim);
    return verdictOn({ claim, candidate, found, kind, now });
  };

  /** Whoever had it tried again does not know of numbers that an operator named, or gave it to another account or customer. */
  const backTo = async (
    { numberId, wabaId }: NonNullable<Claim['toAttach']>,
    claim: Claim,
  ): Promise<Verdict> => {
    const number = await store.findNumber(numberId);
    // What is on its account already stays there.
    if (number === undefined || isAttached(claim)) return { next: attachNamed };
    const { phoneNumber, displayPhoneNumber } = number;
    return { patch: { wabaId, phoneNumber, displayPhoneNumber }, next: attachNamed };
  };

  const step = withFailures(deps, async ({ claim }) => {
    const { toAttach: named, assignedPhoneNumberId } = claim;
    if (named !== undefined && assignedPhoneNumberId === undefined) return backTo(named, claim);
    const token = await customerToken(deps, claim);
    // With the BSP's token hearsay would prove itself: it reads the accounts of all customers.
    if (token === undefined && claim.assignedWabaId === undefined) return accountUnknown;
    const facts = token === undefined ? undefined : await graph.inspectToken(token);
    if (facts !== undefined && (!facts.valid || facts.appId !== meta.appId)) return tokenNotOurs;
    return withExpiry(await judge(claim, token, facts?.wabaIds ?? namedByMeta(claim)), claim, facts);
  });
  return keepHolding(deps, step);
}

/** Another number of the account is never taken over for it. */
const attachNamed = { do: 'go', step: 'attach_named' } as const;

const isNotTheirs = (error: unknown): boolean =>
  error instanceof GraphError && (error.kind === 'not_found' || error.kind === 'permission');

const isRefusal = (error: unknown): boolean =>
  isNotTheirs(error) || (error instanceof GraphError && error.kind === 'auth');

const namedByMeta = ({ assignedWabaId }: Claim): string[] =>
  assignedWabaId === undefined ? [] : [assignedWabaId];

/** The exchange says seldom when a token ends. */
function withExpiry(end: Verdict, { tokenExpiresAt }: Claim, facts: TokenFacts | undefined): Verdict {
  const expiresAt = facts?.expiresAt;
  if (end.next.do === 'wait' || expiresAt === undefined || tokenExpiresAt !== undefined) return end;
  return { ...end, patch: { ...end.patch, tokenExpiresAt: expiresAt } };
}

/** When the popup was finished, as far as is known: its code comes within a moment. */
function codeTime(claim: Claim): number {
  return claim.codeReceivedAt ?? claim.createdAt;
}

/** The account is the customer's and has no number: the one that was held for them is put on it. */
const toAttach = (wabaId: string): Verdict => ({
  patch: { wabaId },
  history: line('finished without a number: the held one is attached'),
  next: { do: 'go', step: 'attach' },
});

const tokenNotOurs = refused(
  'token_not_ours',
  'The token of this sign-up is not valid for this app. Ask the customer to sign up again.',
);
const accountNotGranted = refused(
  'account_not_granted',
  'The customer’s token does not cover this WhatsApp Business Account. Ask the customer to sign up again.',
);
const heldNumberTaken = needsOperator(
  'held_number_taken',
  'The number that was held for this customer is claimed by another one. Find out who should have it: end that claim, or dismiss this one.',
);
const accountUnknown = needsOperator(
  'account_unknown',
  'Neither Meta nor the popup said which account this sign-up is about. Assign the claim to its account.',
);
const accountUnreadable = needsOperator(
  'account_unreadable',
  'Meta does not show this account to the BSP’s own token, and there is none of the customer’s. Give the BSP’s system user access to the account and have the claim tried again, or ask the customer to sign up again.',
);
const severalNumbers = needsOperator(
  'several_numbers',
  'The account has several numbers and the popup named none. Assign the claim to one of them.',
);
const numberNotListed = refused(
  'number_not_listed',
  'The account of this customer does not list this number. Ask the customer to sign up again.',
);
