export { createEmbeddedSignup } from './create-embedded-signup.ts';
export type { EmbeddedSignup } from './embedded-signup.ts';
export {
  ClaimAnswerLostError,
  ClaimCodeRefusedError,
  ClaimNeedsNoCodeError,
  TooManyClaimCodesError,
} from './claims/claim-code-errors.ts';
export {
  AccessTokenExpiredError,
  AccountUnknownError,
  ClaimError,
  ClaimMissingError,
  ClaimNotThereError,
  ClaimWithoutNumberError,
  ClaimWithoutTokenError,
  EventMissingError,
  NumberTakenError,
  PinMissingError,
  type ClaimErrorCode,
} from './claims/claim-errors.ts';
export type { Assignment } from './claims/assign-claim.ts';
export type { ClaimToImport, ImportedRow } from './claims/import-claims.ts';
export { ConfigError, type ConfigProblem } from './config/config-error.ts';
export { optionsFromEnv, type EnvOptions } from './config/options-from-env.ts';
export type {
  CreditLineOptions,
  Customer,
  Deps,
  EmbeddedSignupOptions,
  HostEventsOptions,
  HostHandlers,
  MetaOptions,
  PoolOptions,
  SmsOptions,
  WebhookEvent,
  WebhookOverrideOptions,
} from './config/options.ts';
export { claimTransitions, isLive, isOpen, nextStatus, type ClaimEvent } from './domain/claim-transitions.ts';
export { hostEventTypes, type HostEventType } from './domain/host-event-types.ts';
export type { NumberState } from './domain/number-lifecycle.ts';
export type { PoolNumber } from './domain/pool-number.ts';
export type { CustomerIdentity, IdentityStanding } from './domain/customer-identity.ts';
export type { DatedFacts, NumberFact } from './domain/number-facts.ts';
export type { ForgottenCustomer } from './numbers/forget-identity.ts';
export type { CustomerStanding } from './numbers/identity-hash.ts';
export type { NumberVerbs } from './numbers/number-verbs.ts';
export type { NumberForAccount, PutOnAccount } from './numbers/put-on-account.ts';
export type { SentText, TextToSend } from './numbers/send-text.ts';
export type { TrustedCustomer } from './numbers/trust-identity.ts';
export type { PhoneNumberChange, PhoneNumberRecord } from './ports/numbers-store.ts';
export {
  AccountMissingError,
  AccountNotOursError,
  AccountOfSeveralError,
  IdentityChangedError,
  IdentityCheckContestedError,
  IdentityCheckOffError,
  IdentityUnknownError,
  NumberCapReachedError,
  NumberNamedOtherwiseError,
  PhoneNumberError,
  PhoneNumberLeftError,
  PhoneNumberMissingError,
  PoolNumberUnavailableError,
  SendAnswerLostError,
  type PhoneNumberErrorCode,
} from './numbers/phone-number-errors.ts';
export type { AddedNumber, AddNumbersOptions } from './pool/add-numbers.ts';
export type { DeleteOptions } from './pool/delete-number.ts';
export type { Partner } from './pool/list-partners.ts';
export type { NumberInNeed, NumbersInNeed, PoolAtAGlance } from './pool/look-over-pool.ts';
export type { PoolQuery, PoolVerbs } from './pool/pool-verbs.ts';
export type { ReceivedText, TextOutcome } from './pool/receive-text.ts';
export type { CodeRequest } from './pool/request-code.ts';
export type { SyncedPool } from './pool/sync-pool.ts';
export type { NumberCall, NumberCallKind, NumberCallOutcome, PoolSort } from './ports/pool-store.ts';
export {
  AnswerLostError,
  CodeRefusedError,
  NumberBeingDeletedError,
  NumberClaimedError,
  NumberGoneError,
  NumberHeldError,
  NumberMissingError,
  NumberNotOursError,
  NumberNotVerifiedError,
  NumberVerifiedError,
  PoolError,
  TooManyCodesError,
  type PoolErrorCode,
} from './pool/pool-errors.ts';
export { InvalidRequestError } from './ports/invalid-request-error.ts';
export { GraphError, type GraphErrorFacts, type GraphErrorKind } from './ports/graph-error.ts';
export type { ClaimEventData, HostEventData, HostEventOf, PoolNumberData } from './ports/host-event-data.ts';
export type { HostEvent, UndeliveredEvent } from './ports/host-events.ts';
export { SchemaTooNewError, StoreUnavailableError } from './ports/store-errors.ts';
export { CipherError } from './system/jose-cipher.ts';
export type { Cipher, CipherContext, SealingKey } from './ports/cipher.ts';
export type { RotatedSecrets, RotationOptions, RotationProgress } from './secrets/rotate-secrets.ts';
export type { WebhookHeaders } from './webhook/header-of.ts';
export { WebhookRefusedError, type WebhookRefusal } from './webhook/webhook-refused-error.ts';
export type { Clock, Timer } from './ports/clock.ts';
export type { LogFacts, Logger } from './ports/logger.ts';
export type { Random } from './ports/random.ts';
export type { Claim, ClaimedAssets, ClaimHistoryEntry, PoolRecord } from './ports/records.ts';
export type { Page, PageQuery } from './ports/page.ts';
export {
  claimStatuses,
  problems,
  type ClaimCodeRequest,
  type ClaimReason,
  type ClaimStatus,
  type ClaimView,
  type HeldNumber,
  type Launch,
  type NumberSource,
  type Prefill,
  type Problem,
  type ProblemCode,
  type SessionAnswer,
} from '@embedded-signup-kit/protocol';
