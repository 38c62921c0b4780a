import type { BusinessChoice, NumberChoice } from '../../signup/signup-choices.ts';
import type { Person } from '../../world/businesses/business.ts';
import type { Launch } from './launch/launch.ts';

/** The screens that ask something on the way to a sign-up, in their order. */
export type QuestionName = 'log-in' | 'business' | 'number' | 'verification' | 'review';

/** The screens of the popup. */
export type DialogStep = QuestionName | 'report' | 'finished' | 'cancelled';

/** What the last screen posts to the page that opened the popup. */
export interface HandOver {
  /** Session-logging messages, as JSON text. */
  readonly messages: readonly string[];
  /** For FB.login's callback; undefined after a cancel. */
  readonly code: string | undefined;
}

/** One open popup and what the customer chose so far. */
export interface Dialog {
  readonly id: string;
  readonly launch: Launch;
  step: DialogStep;
  person: Person | undefined;
  business: BusinessChoice | undefined;
  /** What they left or wrote in the pre-filled lines about a new business, by their names. */
  businessDetails: Readonly<Record<string, string>>;
  number: NumberChoice | undefined;
  /** Whether the right one-time code was entered for `number`. */
  codeEntered: boolean;
  /** Whether they put off the verification of `number`. */
  unverified: boolean;
  /** What went wrong with the last thing they did; shown on the next screen. */
  problem: string | undefined;
  /** What came of a reported problem; shown on the next screen. */
  notice: string | undefined;
  /** What they typed, so that a screen shown again still has it. */
  typed: Readonly<Record<string, string>>;
  /** The screen a problem is being reported from. */
  reportedFrom: QuestionName | undefined;
  /** What a report quotes for Meta's support; undefined before the first one. */
  sessionId: string | undefined;
  /** Session-logging messages that the next screen posts, once, and stays. */
  unposted: readonly string[];
  handOver: HandOver | undefined;
}

/** The popups that are open. */
export interface Dialogs {
  open(launch: Launch): Dialog;
  find(id: string): Dialog | undefined;
  /** Forgets them all. */
  closeAll(): void;
}

/** No popups yet. `newId` names each one in its URL. */
export function createDialogs({ newId }: { newId: () => string }): Dialogs {
  const dialogs = new Map<string, Dialog>();
  return {
    open(launch) {
      const dialog: Dialog = {
        id: newId(),
        launch,
        step: 'log-in',
        person: undefined,
        business: undefined,
        businessDetails: {},
        number: undefined,
        codeEntered: false,
        unverified: false,
        problem: undefined,
        notice: undefined,
        typed: {},
        reportedFrom: undefined,
        sessionId: undefined,
        unposted: [],
        handOver: undefined,
      };
      dialogs.set(dialog.id, dialog);
      return dialog;
    },
    find: (id) => dialogs.get(id),
    closeAll: () => dialogs.clear(),
  };
}
