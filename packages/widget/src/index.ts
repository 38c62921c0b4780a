export { EmbeddedSignupElement } from './embedded-signup-element.ts';
export {
  SignupCancelEvent,
  SignupClaimEvent,
  SignupErrorEvent,
  SignupLaunchEvent,
  SignupReadyEvent,
  SignupRegisteredEvent,
  SignupStepEvent,
} from './events/signup-events.ts';
export type { SignupEventMap } from './events/signup-events.ts';
export { english } from './labels/english.ts';
export type { LabelOverrides, Labels } from './labels/labels-for.ts';
export type { SignupErrorCode, SignupProblem } from './launch/signup-problem.ts';
export { claimStatusTable, widgetStatuses } from './status.ts';
export type { WidgetStatus } from './status.ts';
export type {
  ClaimReason,
  ClaimStatus,
  ClaimView,
  HeldNumber,
  NumberSource,
  Prefill,
  ProblemCode,
} from '@embedded-signup-kit/protocol';
