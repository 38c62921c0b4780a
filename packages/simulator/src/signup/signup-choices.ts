import type { Person } from '../world/businesses/business.ts';
import type { FinishKind } from '../world/world-event.ts';
import type { Assets } from './session-log.ts';

/** The number a customer signs up with, if any. */
export type NumberChoice =
  | { readonly kind: 'preverified'; readonly id: string }
  /** `pin`: the two-step PIN it has already. */
  | { readonly kind: 'own'; readonly digits: string; readonly pin?: string | undefined }
  /** It stays on the WhatsApp Business app as well. */
  | { readonly kind: 'business-app'; readonly digits: string }
  | { readonly kind: 'none' };

/** The business a customer signs up: one they have, or a new one. */
export type BusinessChoice =
  { readonly kind: 'existing'; readonly id: string } | { readonly kind: 'new'; readonly name: string };

/** Everything a customer decided in the popup. */
export interface SignupChoices {
  readonly finish: FinishKind;
  readonly person: Person;
  readonly business: BusinessChoice;
  /** An account that the business has, to be used instead of a new one. */
  readonly accountId?: string | undefined;
  readonly number: NumberChoice;
  /** Whether they entered the right one-time code for the number. */
  readonly codeEntered: boolean;
  /** Whether they put the verification off (v3 and v4 end states). */
  readonly unverified: boolean;
  /** The name customers will see on WhatsApp; the business's name when undefined. */
  readonly displayName: string | undefined;
  readonly assets?: Assets | undefined;
  /** The page's fallback redirect, when the log-in named one. */
  readonly redirectUri: string | undefined;
  /** Whether the page itself went to the dialog. @default false */
  readonly byRedirect?: boolean | undefined;
}

/** Why a sign-up could not finish. Nothing has happened then. */
export type SignupRefusal =
  'number-unavailable' | 'needs-code' | 'too-many-customers' | 'account-unavailable';
