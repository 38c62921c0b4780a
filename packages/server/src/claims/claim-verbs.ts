import { accessToken } from './access-token.ts';
import { assignClaim } from './assign-claim.ts';
import { claimHistory } from './claim-history.ts';
import { dismissClaim } from './dismiss-claim.ts';
import { endClaim } from './end-claim.ts';
import { importClaims } from './import-claims.ts';
import { readPin } from './read-pin.ts';
import { redeliverEvent } from './redeliver-event.ts';
import { requestClaimCode } from './request-claim-code.ts';
import { retryClaim } from './retry-claim.ts';
import { submitClaimCode } from './submit-claim-code.ts';
import { supplyPin } from './supply-pin.ts';
import type { ClaimCodeDeps } from './waiting-for-code.ts';

/** Everything that operators and the host's code can have done with claims. */
export type ClaimVerbs = ReturnType<typeof claimVerbs>;

/** Makes all of them at once. */
export function claimVerbs(deps: ClaimCodeDeps) {
  return {
    retry: retryClaim(deps),
    dismiss: dismissClaim(deps),
    end: endClaim(deps),
    assign: assignClaim(deps),
    requestCode: requestClaimCode(deps),
    submitCode: submitClaimCode(deps),
    supplyPin: supplyPin(deps),
    readPin: readPin(deps),
    import: importClaims(deps),
    history: claimHistory(deps),
    accessToken: accessToken(deps),
    redeliver: redeliverEvent(deps),
  };
}
