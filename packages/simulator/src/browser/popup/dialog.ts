import type { BusinessChoice, NumberChoice } from '../../signup/finish-signup.ts';
import type { Person } from '../../world/business.ts';
import type { Launch } from './launch.ts';

/** The screens of the popup. */
export type DialogStep =
  'log-in' | 'business' | 'number' | 'verification' | 'review' | 'finished' | 'cancelled';

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
  number: NumberChoice | undefined;
  /** Whether the right one-time code was entered for `number`. */
  codeEntered: boolean;
  /** What went wrong with the last thing they did; shown on the next screen. */
  problem: string | undefined;
  /** What they typed, so that a screen shown again still has it. */
  typed: Readonly<Record<string, string>>;
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
        number: undefined,
        codeEntered: false,
        problem: undefined,
        typed: {},
        handOver: undefined,
      };
      dialogs.set(dialog.id, dialog);
      return dialog;
    },
    find: (id) => dialogs.get(id),
    closeAll: () => dialogs.clear(),
  };
}
