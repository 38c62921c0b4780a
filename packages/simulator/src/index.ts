export { createSimulator } from './create-simulator.ts';
export { SavedStateError } from './saved-state/saved-state.ts';
export { startSimulator } from './start-simulator.ts';
export { SignUpImpossibleError } from './signup/sign-up-request.ts';
export { WebhookHandshakeError } from './webhooks/delivery/handshake.ts';
export { SMS_SECRET } from './webhooks/sms/sms-request.ts';

export type { SavableSimulator, SimulatorIdentity, UnstartedSimulator } from './create-simulator.ts';
export type { ListenOptions, SimulatedMeta, Simulator } from './start-simulator.ts';
export type { Assumptions } from './settings/assumptions.ts';
export type { ClockKind, ClockState } from './clock/clock.ts';
export type { SentCode } from './control/watch-inbox.ts';
export type { SimulatorOptions } from './options.ts';
export type { SettingsOptions } from './settings/settings-options.ts';
export type { SavedState } from './saved-state/saved-state.ts';
export type { ErrorProfile, LastScreen, NumberForm, SessionLogForm, TimeForm } from './settings/settings.ts';
export type { HandOverSettings } from './settings/hand-over-settings.ts';

export type { PhoneNumberState, PreverifiedNumberState } from './control/describe-numbers.ts';
export type { PartnerState, SimulatorState } from './control/describe-state.ts';
export type { AddedPartner, NewPartner, PartnerControl, TokenRevocation } from './control/partner-control.ts';
export type { ClockDescription, SimulatorControl } from './control/simulator-control.ts';
export type {
  Fault,
  FaultError,
  FaultKind,
  FaultSetting,
  RandomFaults,
  ScriptedFault,
  ThrottleCode,
  ThrottledFault,
} from './faults/fault.ts';
export type { FaultsLeft } from './faults/fault-script.ts';
export type { CallMatch } from './ledger/call-match.ts';
export type { RecordedRequest, RequestFilter } from './ledger/request-ledger.ts';
export type { Assets, CurrentStep } from './signup/session-log.ts';
export type { SignUpOutcome, SignUpRequest, SignUpResult } from './signup/sign-up-request.ts';
export type { TokenEnd } from './world/access/business-token.ts';
export type { TokenKind } from './world/access/caller.ts';
export type { CodeMethod, InboxMessage } from './world/codes/one-time-code.ts';
export type { CodeVerificationStatus } from './world/numbers/preverified-number.ts';
export type { NumberSeed } from './world/numbers/seed-numbers.ts';
export type { DeliveryAttempt, DeliveryOptions } from './world/webhook-state.ts';
export type { WhatsAppMessage } from './world/messages/whatsapp-message.ts';
export type { WebhookControl } from './control/webhook-control.ts';
export type { WebhookDescription } from './webhooks/create-webhooks.ts';
export type { SmsControl } from './control/sms-control.ts';
export type { SmsForm } from './world/sms-state.ts';
export type { SmsDeliveryState, SmsDescription } from './webhooks/sms/create-sms.ts';
export type { SmsRequest } from './webhooks/sms/sms-request.ts';
export type { SendWebhook, WebhookAnswer, WebhookCall } from './webhooks/delivery/webhook-sender.ts';
export type { DeliveryState, MadeDelivery } from './webhooks/describe-delivery.ts';
export type { SimulatorEvent } from './webhooks/events/simulator-event.ts';
export type { ReportedEvent } from './webhooks/report.ts';
export type { WebhookRequest } from './webhooks/subscribe.ts';
