import type { ClaimView, HeldNumber } from '@embedded-signup-kit/protocol';
import type { SignupProblem } from '../launch/signup-problem.ts';
import type { WidgetStatus } from '../status.ts';

// The page may listen anywhere above the element, also outside of a shadow root that holds it.
class SignupEvent<Fields extends object> extends Event {
  constructor(type: keyof SignupEventMap, fields: Fields) {
    super(type, { bubbles: true, composed: true });
    Object.assign(this, fields);
  }
}

/** The button can be pressed. */
export class SignupReadyEvent extends SignupEvent<{ numbers: readonly HeldNumber[] }> {
  /** The numbers held for this customer; empty when the pool had none. */
  declare readonly numbers: readonly HeldNumber[];
}

/** Meta's window is being opened. */
export class SignupLaunchEvent extends SignupEvent<{ numbers: readonly HeldNumber[] }> {
  /** The numbers that Meta's window is given. */
  declare readonly numbers: readonly HeldNumber[];
}

/** The element went on to another status, or the claim to another step. */
export class SignupStepEvent extends SignupEvent<{ status: WidgetStatus; step: string | undefined }> {
  declare readonly status: WidgetStatus;
  /** The piece of work that the server is at, such as `prove` or `register`. */
  declare readonly step: string | undefined;
}

/** There is a claim, or it has another status. */
export class SignupClaimEvent extends SignupEvent<{ claim: ClaimView }> {
  declare readonly claim: ClaimView;
}

/** The number is in service. */
export class SignupRegisteredEvent extends SignupEvent<{ claim: ClaimView }> {
  declare readonly claim: ClaimView;
}

/** The customer left Meta's window. A finish may still follow, as long as that window is open. */
export class SignupCancelEvent extends SignupEvent<{ step: string | undefined }> {
  /** Where in Meta's window, in Meta's words; `undefined` when Meta did not say. A window that is closed is no cancel. */
  declare readonly step: string | undefined;
}

/** Something did not work. */
export class SignupErrorEvent extends SignupEvent<{ problem: SignupProblem }> {
  declare readonly problem: SignupProblem;
}

/** The events of the element, by name. */
export interface SignupEventMap {
  'signup-ready': SignupReadyEvent;
  'signup-launch': SignupLaunchEvent;
  'signup-step': SignupStepEvent;
  'signup-claim': SignupClaimEvent;
  'signup-registered': SignupRegisteredEvent;
  'signup-cancel': SignupCancelEvent;
  'signup-error': SignupErrorEvent;
}

declare global {
  // Makes addEventListener know the fields, on the element and on whatever is above it.
  interface HTMLElementEventMap extends SignupEventMap {}
  interface DocumentEventMap extends SignupEventMap {}
  interface WindowEventMap extends SignupEventMap {}
}
