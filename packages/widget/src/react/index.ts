// Made by tools/widget-manifest from the element's own source: do not edit, run `npx -y pnpm@10 manifest`.
import type { HTMLAttributes, RefAttributes } from 'react';
import type { EmbeddedSignupElement } from '../embedded-signup-element.ts';
import type {
  SignupCancelEvent,
  SignupClaimEvent,
  SignupErrorEvent,
  SignupLaunchEvent,
  SignupReadyEvent,
  SignupRegisteredEvent,
  SignupStepEvent,
} from '../events/signup-events.ts';

/**
 * The props of `<embedded-signup>` in React 19. Import `@embedded-signup-kit/widget/element` before React draws: what is
 * not a text can only be set on an element whose tag is registered.
 */
export interface EmbeddedSignupProps
  extends HTMLAttributes<EmbeddedSignupElement>, RefAttributes<EmbeddedSignupElement> {
  /** The attribute; `className` works as well. */
  class?: string | undefined;
  /** The path, or the address, where the host mounted the signup server. Without it the element is `unavailable`. */
  server?: EmbeddedSignupElement['server'];
  /** The language of the texts; one that is not there falls back to English. */
  locale?: EmbeddedSignupElement['locale'];
  /** A wish: numbers of this country first. ISO 3166-1 alpha-2. */
  country?: EmbeddedSignupElement['country'];
  /** Texts for the forms in Meta's window; the customer can change them. */
  prefill?: EmbeddedSignupElement['prefill'];
  /** Texts of the page's own, by name. Any status or error code can be given a text. */
  labels?: EmbeddedSignupElement['labels'];
  /** Sends the requests to the signup server, for a page that adds headers of its own. */
  fetch?: EmbeddedSignupElement['fetch'];
  /** The button can be pressed. */
  'onsignup-ready'?: ((event: SignupReadyEvent) => void) | undefined;
  /** Meta's window is being opened. */
  'onsignup-launch'?: ((event: SignupLaunchEvent) => void) | undefined;
  /** The element went on to another status, or the claim to another step. */
  'onsignup-step'?: ((event: SignupStepEvent) => void) | undefined;
  /** There is a claim, or it has another status. */
  'onsignup-claim'?: ((event: SignupClaimEvent) => void) | undefined;
  /** The number is in service. */
  'onsignup-registered'?: ((event: SignupRegisteredEvent) => void) | undefined;
  /** The customer left Meta's window. A finish may still follow, as long as that window is open. */
  'onsignup-cancel'?: ((event: SignupCancelEvent) => void) | undefined;
  /** Something did not work. */
  'onsignup-error'?: ((event: SignupErrorEvent) => void) | undefined;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'embedded-signup': EmbeddedSignupProps;
    }
  }
}
