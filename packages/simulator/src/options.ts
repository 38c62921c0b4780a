import type { SentCode } from './control/watch-inbox.ts';
import type { RecordedRequest } from './ledger/request-ledger.ts';
import type { SettingsOptions } from './settings/settings-options.ts';
import type { SendWebhook } from './webhooks/delivery/webhook-sender.ts';
import type { SmsRequest } from './webhooks/sms/sms-request.ts';

/** What `startSimulator` and `createSimulator` take: settings, a state to go on from, and who is told what. */
export interface SimulatorOptions extends SettingsOptions {
  /** What `save()` of another simulator returned, or the JSON of it: this one goes on from there. `numbers` is passed over. */
  state?: unknown;
  /** Told about every Graph call as its answer is about to go out, secrets masked. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
  /** Told about every Graph call when its connection is done with it, or when it gets no answer; `ms` of real time after it came. */
  onAnswer?: ((request: RecordedRequest, ms: number) => void) | undefined;
  /** Told about every one-time code that is sent to a phone, without the code. */
  onCode?: ((sent: SentCode) => void) | undefined;
  /**
   * The provider of the BSP's telephone numbers, who hands in the codes that reach them as texts, until a reset; it
   * stands in place of one in the saved state. @default undefined: nobody does
   */
  sms?: SmsRequest | undefined;
  /** Makes the requests to webhook callbacks and hands in texts, for tests without a port. @default Node's fetch */
  send?: SendWebhook | undefined;
}
