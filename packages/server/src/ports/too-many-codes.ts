import type { GraphError } from './graph-error.ts';

/** How Meta says it live, with code 136024, and in its OpenAPI description. */
const tooManyRequests = 2388367;
const tooManyInOpenApi = 613;

/** Until when Meta sends a number no further code, milliseconds UTC, where that is what a refused `request_code` means. */
export function closedToCodesUntil({ facts, retryAt }: GraphError): number | undefined {
  return facts.subcode === tooManyRequests || facts.code === tooManyInOpenApi ? retryAt : undefined;
}
