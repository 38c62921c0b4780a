export { createGraphClient, type GraphClient, type GraphClientOptions } from './create-graph-client.ts';
export type { GraphLimits } from './graph-limits.ts';
export type { GraphList } from './all-pages.ts';
export type { GraphPage, PageInput } from './page.ts';
export { findByDigits } from './find-by-digits.ts';
export { GraphError, type GraphErrorFacts, type GraphErrorKind } from '../ports/graph-error.ts';
export {
  GraphAlreadyVerifiedError,
  GraphAttemptsExhaustedError,
  GraphAuthError,
  GraphCodeExpiredError,
  GraphCodeRefusedError,
  GraphCodeUsedError,
  GraphDeregisterFirstError,
  GraphInvalidInputError,
  GraphNeedsVerificationError,
  GraphNotFoundError,
  GraphNotRegisteredError,
  GraphNumberRefusedError,
  GraphPaymentNeededError,
  GraphPermissionError,
  GraphPinLockedError,
  GraphPinMismatchError,
  GraphRecentlyDeletedError,
  GraphRequestCodeFailedError,
  GraphThrottledError,
  GraphTransientError,
  GraphUndeliverableError,
  GraphUnknownError,
  GraphUnreachableError,
  GraphUnreadableError,
  GraphVerifyCodeFailedError,
} from '../ports/graph-errors.ts';
export type { AccountNumber, TokenFacts } from '../ports/graph.ts';
export type { LogFacts, Logger } from '../ports/logger.ts';
export type { Timer } from '../ports/clock.ts';
export type { AppSubscription } from '../ports/preflight.ts';
export type { CallOptions } from './client/call-options.ts';
export type { ExchangedToken, OAuthCalls } from './client/oauth-calls.ts';
export type { BusinessCalls } from './client/business-calls.ts';
export type { PreverifiedNumberCalls, VerificationCalls } from './client/preverified-number-calls.ts';
export type { WhatsAppBusinessAccountCalls } from './client/account-calls.ts';
export type { PhoneNumberCalls } from './client/phone-number-calls.ts';
export type { CreditLineCalls } from './client/credit-calls.ts';
export type { AddPhoneNumbersInput } from './endpoints/add-phone-numbers.ts';
export type { AssignedUser, AssignUserInput } from './endpoints/assigned-users.ts';
export type { Business } from './endpoints/business.ts';
export type { AttachCreditInput, CreditLine, SharedCredit } from './endpoints/credit-lines.ts';
export type { DebuggedToken } from './endpoints/debug-token.ts';
export type { SendTextInput, SentMessage } from './endpoints/messages.ts';
export type { GetPhoneNumberInput, PhoneNumber, PhoneNumberField } from './endpoints/phone-number.ts';
export type { CreatePhoneNumberInput, PhoneNumbersInput } from './endpoints/phone-numbers.ts';
export type { PreverifiedNumber, PreverifiedNumbersInput } from './endpoints/preverified-number.ts';
export type { RegisterInput } from './endpoints/registration.ts';
export type { RequestCodeInput } from './endpoints/request-code.ts';
export type { IdentityCheckInput } from './endpoints/settings.ts';
export type { ShareInput } from './endpoints/share-preverified-numbers.ts';
export type { SubscribeAppInput, SubscribedApp } from './endpoints/subscribed-apps.ts';
export type { SystemUserTokenInput } from './endpoints/system-user-access-tokens.ts';
export type { VerifyCodeInput } from './endpoints/verify-code.ts';
export type { Named } from './meta-values.ts';
export type {
  AccountField,
  GetAccountInput,
  WhatsAppBusinessAccount,
} from './endpoints/whatsapp-business-account.ts';
