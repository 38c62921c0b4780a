import { durations } from '../domain/durations.ts';
import type { GraphError, GraphErrorKind } from '../ports/graph-error.ts';
import type { Claim, PoolRecord } from '../ports/records.ts';
import { line } from './history-line.ts';
import { needsOperator, type Verdict } from './verdicts.ts';

/** Meta's word that the account has the number already ("Error codes"), as a code or as a subcode of 100. */
const hasItAlready = 2388012;

/** Meta's word that the portfolio of the account has as many numbers as it may ("Limit Exceeded"). */
const limitExceeded = { code: 200, subcode: 1349175 } as const;

/** Kinds of answers after which nobody has to ask whether Meta did it. */
const saysNo: ReadonlySet<GraphErrorKind> = new Set([
  'auth',
  'permission',
  'payment_needed',
  'not_found',
  'invalid_input',
  'number_refused',
]);

/** A number that was set aside for this claim alone is offered again once it is sure that it is not on the account. */
export function givingBack({ toAttach }: Claim, end: Verdict, error?: GraphError): Verdict {
  const isSure = error === undefined || isRefusal(error);
  return toAttach !== undefined && end.event === 'operator_needed' && isSure
    ? { ...end, givesNumberBack: true }
    : end;
}

/** Whether Meta says that the account has the number already. */
export const saysThere = ({ facts: { code, subcode } }: GraphError): boolean =>
  code === hasItAlready || subcode === hasItAlready;

/** Whether Meta has not done what it was asked, for certain. */
export const isRefusal = (error: GraphError): boolean => saysNo.has(error.kind) && !saysThere(error);

/** Whether Meta has put the number on the account that this claim was opened for. */
export const isAttached = ({ toAttach, provenAt, phoneNumberId, poolNumberId }: Claim): boolean =>
  toAttach !== undefined &&
  provenAt !== undefined &&
  phoneNumberId !== undefined &&
  poolNumberId === toAttach.numberId;

/** It is on the account since an earlier try: Meta is not asked for it again. */
export const goesOn: Verdict = {
  event: 'proven',
  reason: null,
  history: line('goes on: the number is on the account already'),
  next: { do: 'go', step: 'subscribe' },
};

/** The number is on the account, and the claim's. */
export function attached(claim: Claim, held: PoolRecord, phoneNumberId: string, now: number): Verdict {
  const { createdAt, toAttach } = claim;
  // Meta counts from the first proof on, however often it is tried again.
  const first = claim.poolNumberId === held.id ? claim : undefined;
  return {
    event: 'proven',
    patch: {
      phoneNumberId,
      phoneNumber: held.phoneNumber,
      displayPhoneNumber: held.displayPhoneNumber,
      numberSource: 'pool',
      poolNumberId: held.id,
      provenAt: first?.provenAt ?? now,
      // What an operator opened may have waited for them since.
      registerBy: first?.registerBy ?? (toAttach === undefined ? createdAt : now) + durations.registerBy,
    },
    reason: null,
    history: line(toAttach === undefined ? 'held number put on the account' : 'number put on the account'),
    next: { do: 'go', step: 'subscribe' },
  };
}

/** Nobody can tell by machine which of them it is. */
export const severalNumbers = needsOperator(
  'several_numbers',
  'The customer finished without a number, and several of the pool that they held are on their account. Assign the claim to one of them.',
);
/** There is no name for it. */
export const noName = needsOperator(
  'number_not_attached',
  'The held number cannot be put on the account: Meta wants the account’s name for it, and gives none. Add the number in WhatsApp Manager and assign the claim to it, or dismiss the claim.',
);
/** Meta wants the country's code apart. */
export const notSplit = needsOperator(
  'number_not_attached',
  'The number cannot be put on the account: Meta wants its country code apart, and nobody knows where that ends. Add the number in WhatsApp Manager and assign the claim to it, or dismiss the claim.',
);
/** Nobody knows what came of the tries. @param again when the next one may be made, milliseconds UTC */
export const budgetSpent = (again: number): Verdict =>
  needsOperator(
    'attach_budget_spent',
    `Meta was asked twice in 24 hours to put the number on the account, gave no clear answer, and does not list it there. From ${new Date(again).toISOString()} on it may be asked again: have the claim tried again then. If you cannot wait, add the number in WhatsApp Manager, and have the claim tried again at once.`,
  );

/** A popup of the customer's brought it meanwhile: nothing is left to do. */
export const theirsAlready = (ownerId: string): Verdict => ({
  event: 'dismissed',
  reason: {
    code: 'number_is_theirs',
    message: `The number is on the customer’s account already: see the claim ${ownerId}.`,
  },
  history: line('put aside', { reason: 'number_is_theirs' }),
  next: { do: 'done' },
});
/** The number that an operator named cannot be set aside any more. */
export const numberNotFree = needsOperator(
  'number_not_free',
  'The number is no longer free: somebody else has it, it left the pool, or its verification is over. Dismiss this claim, and put another number on the account.',
);
/** It was this claim's by an earlier proof, so nobody else can have it, and Meta does not list it. */
export const noLongerListed = needsOperator(
  'number_not_on_account',
  'The number was on the account before, and Meta does not list it there any more. Look for it in WhatsApp Manager: add it there and have the claim tried again, or dismiss the claim and take another number.',
);
/** How the step ends when Meta says no for good: as it would, but of a portfolio that is full it says so. */
export function refusedForGood(claim: Claim, end: Verdict, error: GraphError): Verdict {
  const { code, subcode } = error.facts;
  const hasAll = code === limitExceeded.code && subcode === limitExceeded.subcode;
  return givingBack(claim, hasAll ? { ...end, reason: capReached } : end, error);
}

/** The portfolio has as many as Meta has told that it may: nothing is sent, because Meta would take the number out of the pool. */
export const isFull = (claim: Claim): Verdict =>
  givingBack(claim, needsOperator(capReached.code, capReached.message));

const capReached = {
  code: 'number_cap_reached',
  message:
    'Meta allows the customer’s portfolio no more numbers, and the number stays in the pool. Meta allows more once the business is verified, or sends more. Then have the claim tried again, or dismiss it.',
};

const refused =
  'Meta does not put the held number on this account, and it stays in the pool. Look at the account in WhatsApp Manager: whether it may have another number, and whether the business of the app is a Solution Partner. Then have the claim tried again, or dismiss it.';

/** What a person does when Meta refuses. */
export const sentences = {
  permission: refused,
  not_found: refused,
  invalid_input: refused,
  number_refused: refused,
};
