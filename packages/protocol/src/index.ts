export { claimStatuses, numberSources } from './claim-status.ts';
export type { ClaimStatus, NumberSource } from './claim-status.ts';
export { problems } from './problem-code.ts';
export type { ProblemCode } from './problem-code.ts';
export { wireVersion } from './wire-version.ts';
export type * from './messages.ts';
export type * from './requests.ts';
