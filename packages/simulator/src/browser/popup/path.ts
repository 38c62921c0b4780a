import type { Dialog, DialogStep } from './dialog.ts';
import type { Launch } from './launch/launch.ts';

/** Whether the launch asks for no phone number at all: the numbers the business has are used, or none. */
export function skipsNumber({ features }: Launch): boolean {
  return features.onlyWaba || features.appOnly;
}

/** The screen after the business. */
export function afterBusiness({ launch }: Dialog): DialogStep {
  return skipsNumber(launch) ? 'review' : 'number';
}

/** The screen before the review. */
export function beforeReview({ launch }: Dialog): DialogStep {
  return skipsNumber(launch) ? 'business' : 'number';
}
