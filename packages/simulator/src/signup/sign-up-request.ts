import type { SessionLogForm } from '../settings/settings.ts';
import type { Assets, CurrentStep } from './session-log.ts';

/** How a sign-up without a browser ends. */
export type SignUpOutcome =
  /** With a verified number. */
  | 'finish'
  /** With a number whose verification was put off. */
  | 'unverified'
  /** With an account and no number. */
  | 'only_waba'
  /** With a number that stays on the WhatsApp Business app. */
  | 'coexistence'
  | 'obo_migration'
  /** The app is installed on what the business has. */
  | 'app_only'
  /** By the X of the window on the last screen, which counts as finishing. */
  | 'closed_on_last_screen'
  | 'cancel'
  /** The customer reports a problem and gives up. */
  | 'error'
  /** By the X of the window before the end: nothing is posted. */
  | 'closed';

/** A customer going through the popup without a browser. */
export interface SignUpRequest {
  /** `extras.setup.preVerifiedPhone.ids` of the launch; the customer takes the one the popup would show. */
  readonly ids?: readonly string[] | undefined;
  /** Take exactly this pool number. */
  readonly numberId?: string | undefined;
  /** Bring this number instead, in any notation; the code sent to it is entered. */
  readonly ownNumber?: string | undefined;
  /** The two-step PIN that `ownNumber` has already. */
  readonly pin?: string | undefined;
  /** @default 'finish' */
  readonly outcome?: SignUpOutcome | undefined;
  /** Where they cancel. @default 'PHONE_NUMBER_SETUP' */
  readonly step?: CurrentStep | undefined;
  /** One of the numbers of Meta's errors page. @default '2388091' */
  readonly errorCode?: string | undefined;
  /** @default a sentence */
  readonly errorMessage?: string | undefined;
  /** The event of a reported problem. @default 'CANCEL' */
  readonly errorEvent?: 'CANCEL' | 'ERROR' | undefined;
  /** How a reported problem is written: newer pages have `error_code`, older ones `error_id`. @default 'error_code' */
  readonly errorMember?: 'error_code' | 'error_id' | undefined;
  /** A reported problem beside `data` instead of in it. @default false */
  readonly errorBesideData?: boolean | undefined;
  /** @default the option `sessionLog`, or 'v4' */
  readonly form?: SessionLogForm | undefined;
  /** Who they are: `nora`, `tomas`, `wei` or a new name. The same person signs up the same business again. @default someone new each time */
  readonly person?: string | undefined;
  /** Sign up a business of this name instead of the one they have. */
  readonly businessName?: string | undefined;
  /** Share this account of theirs instead of a new one. */
  readonly accountId?: string | undefined;
  /** What else they share. */
  readonly assets?: Assets | undefined;
  /** `fallback_redirect_uri` of the launch. */
  readonly redirectUri?: string | undefined;
}

/** What the page gets: the session-logging messages as posted, and what FB.login calls back with. */
export interface SignUpResult {
  readonly messages: readonly string[];
  readonly code?: string;
  readonly wabaId?: string;
  readonly phoneNumberId?: string;
  readonly businessId?: string;
}

/** The sign-up cannot be played: no such number, it was taken, or a limit is reached. */
export class SignUpImpossibleError extends Error {
  override readonly name = 'SignUpImpossibleError';
}
