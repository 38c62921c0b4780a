import type { ClaimStatus } from '@embedded-signup-kit/protocol';
import { nextStatus } from '../domain/claim-transitions.ts';

/** What a person can have done with a claim. */
export type ClaimVerb = 'retry' | 'code' | 'verification' | 'assign' | 'dismiss' | 'end';

const underWay: ReadonlySet<ClaimStatus> = new Set(['received', 'proven', 'registering']);
const assignable: ReadonlySet<ClaimStatus> = new Set([
  'needs_operator',
  'needs_signup',
  'no_number',
  'rejected',
]);

/** Whether the kit is still at the claim by itself, so that it is hurried instead of being tried anew. */
export const isUnderWay = (status: ClaimStatus): boolean => underWay.has(status);

/** Whether the claim waits for a person to say whose it is, or which number. */
export const isAssignable = (status: ClaimStatus): boolean => assignable.has(status);

/** Whether Meta wants a one-time code for the claim's number. */
export const waitsForCode = (status: ClaimStatus): boolean => nextStatus(status, 'verified') !== undefined;

const rules: Record<ClaimVerb, (status: ClaimStatus) => boolean> = {
  retry: (status) => isUnderWay(status) || nextStatus(status, 'retried') !== undefined,
  code: waitsForCode,
  verification: waitsForCode,
  assign: isAssignable,
  dismiss: (status) => nextStatus(status, 'dismissed') !== undefined,
  end: (status) => nextStatus(status, 'ended') !== undefined,
};
const verbs = [
  'retry',
  'code',
  'verification',
  'assign',
  'dismiss',
  'end',
] as const satisfies readonly ClaimVerb[];

/** What can be done with a claim that stands there. */
export function allowedVerbs(status: ClaimStatus): ClaimVerb[] {
  return verbs.filter((verb) => rules[verb](status));
}
