export { claimRequestSchema } from './claim-request.ts';
export { metaId } from './meta-id.ts';
export { openSessionRequestSchema } from './open-session-request.ts';
export { prefillSchema } from './prefill.ts';
export { sessionEventRequestSchema } from './session-event-request.ts';
