export { claimRequestSchema } from './claim-request.ts';
export type { ClaimRequest } from './claim-request.ts';
export { metaId } from './meta-id.ts';
export { openSessionRequestSchema } from './open-session-request.ts';
export type { OpenSessionRequest } from './open-session-request.ts';
export { prefillSchema } from './prefill.ts';
export type { Prefill } from './prefill.ts';
export { sessionEventRequestSchema } from './session-event-request.ts';
export type { SessionEventRequest } from './session-event-request.ts';
