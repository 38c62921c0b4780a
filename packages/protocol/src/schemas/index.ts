export { claimCodeRequestSchema } from './claim-code-request.ts';
export { claimRequestSchema } from './claim-request.ts';
export { claimVerificationRequestSchema } from './claim-verification-request.ts';
export { locale } from './locale.ts';
export { metaId } from './meta-id.ts';
export { openSessionRequestSchema } from './open-session-request.ts';
export { prefillSchema } from './prefill.ts';
export { sessionEventRequestSchema } from './session-event-request.ts';
