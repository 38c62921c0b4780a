import { claimRequestsToKnow, nextClaimRequest, textTime } from '../domain/claim-code-requests.ts';
import { minute } from '../domain/durations.ts';
import { customerToken } from '../ports/customer-token.ts';
import type { GraphErrorKind } from '../ports/graph-error-kind.ts';
import { GraphError } from '../ports/graph-error.ts';
import type { Claim } from '../ports/records.ts';
import type { Step, StepEnd } from '../ports/step.ts';
import type { RegistrationDeps } from './deps.ts';
import { line } from './history-line.ts';
import { endOf } from './with-failures.ts';

/**
 * Has a code sent by text to the number of a claim. `asked` — it is on its way, or nobody knows; `moved_on` — the claim waits
 * for none; `not_now` — the limits allow none before `retryAt`, milliseconds UTC.
 *
 * @throws GraphError when Meta refuses, or cannot be asked
 */
export type AskForCode = (claimId: string) => Promise<AskedForCode>;

type AskedForCode = { what: 'asked' } | { what: 'moved_on' } | { what: 'not_now'; retryAt: number };

/** What the step is made of. */
export interface RequestCodeStepDeps extends RegistrationDeps {
  askForCode: AskForCode;
  /** Whether texts to numbers of the pool reach the kit, and it may ask for codes by itself. */
  textsReachUs: boolean;
}

/** Whether the kit answers this claim's codes by itself: customers cannot read texts to a number of the BSP's. */
export const isAnsweredByTexts = (
  { textsReachUs }: { textsReachUs: boolean },
  { numberSource }: Pick<Claim, 'numberSource'>,
): boolean => textsReachUs && numberSource === 'pool';

/** Said on the claim while the kit is at it. */
export const answeredByTexts = {
  code: 'code_by_text',
  message:
    'Meta wants a one-time code for this number before it can be registered. Texts to it reach this server, which has a code sent and hands it in by itself. There is nothing to do; if nothing comes of it, this says so within three hours.',
};

/** When the limits are in the way so often, people are asked. */
const mostRuns = 20;

/** Refusals after which another request may do better. */
const worthAnother: ReadonlySet<GraphErrorKind> = new Set(['request_code_failed']);

/**
 * Has a code sent to a number of the pool whose claim waits for one, and then for the text that brings it; whoever receives the
 * text hands its code in and has the claim go on. What was asked for is read from the ledger, so several nodes, and a customer
 * who asks at the same moment, come to one request. The claim's status stays as it is, so that people can hand a code in.
 */
export function requestCodeStep(deps: RequestCodeStepDeps): Step {
  const { graph, store, clock, askForCode } = deps;

  const step: Step = async ({ claim, lease }) => {
    const { id, status, phoneNumber, phoneNumberId, provenAt, createdAt } = claim;
    if (status !== 'needs_verification') return { next: { do: 'done' } };
    if (!isAnsweredByTexts(deps, claim) || phoneNumber === undefined || phoneNumberId === undefined) {
      return leftToPeople(askForIt);
    }
    const now = clock.now();
    const made = await store.listNumberCalls({
      phoneNumber,
      kind: 'request_code',
      limit: claimRequestsToKnow,
    });
    const turn = nextClaimRequest(made, { since: provenAt ?? createdAt, now });
    if (turn.at > now) return wait(turn.at);
    if (turn.what === 'leave') return leftToPeople(noneCame);
    // Each request counts, so none is spent on finding out that Meta is away.
    await graph.readNumber(phoneNumberId, await customerToken(deps, claim));
    const asked = await askForCode(id);
    if (asked.what === 'moved_on') return { next: { do: 'done' } };
    if (asked.what === 'asked') return { ...wait(now + textTime), reason: answeredByTexts };
    return lease.attempts < mostRuns
      ? wait(Math.max(asked.retryAt, now + minute))
      : leftToPeople(noneMayBeSent);
  };

  return async (context) => {
    try {
      return await step(context);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const end = endOf(deps, context, error);
      if (end.next.do === 'wait') return end;
      if (worthAnother.has(error.kind)) return wait(Math.max(error.retryAt ?? 0, clock.now() + minute));
      return leftToPeople(end.reason?.message ?? noneCame, error);
    }
  };
}

const wait = (runAt: number) => ({ next: { do: 'wait', step: 'code', runAt } }) as const;

const askForIt =
  'Meta wants a one-time code for this number before it can be registered. Have one sent to it, and hand it in.';
const noneCame =
  'Meta wants a one-time code for this number. The kit had codes sent, and no text brought one that Meta took: look into the log, and whether texts to this number reach this server. Have another one sent, and hand it in.';
const noneMayBeSent =
  'Meta wants a one-time code for this number, and so many were sent to it lately that the kit may have none sent. Have one sent later, and hand it in.';

/** The claim stays where it is: its customer, or an operator, can hand a code in. */
function leftToPeople(message: string, error?: GraphError): Exclude<StepEnd, 'fenced'> {
  const code = error?.reason ?? 'verification_needed';
  return {
    reason: { code, message },
    history: line('left the one-time code to people', { reason: code, traceId: error?.facts.traceId }),
    // Nobody had to do anything when the host was told that a code is wanted.
    tellsAgain: true,
    next: { do: 'done' },
  };
}
