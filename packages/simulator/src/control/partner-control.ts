import { addPartner } from '../world/businesses/add-partner.ts';
import type { TokenEnd } from '../world/access/business-token.ts';
import { endTokens } from '../world/access/end-tokens.ts';
import { momentOf, type Simulation } from '../world/simulation.ts';

/** Another Solution Partner to put into the world. */
export interface NewPartner {
  /** Name of its business. @default 'Partner 1' and on */
  readonly name?: string | undefined;
  /** Whether it is in a Multi-Partner Solution with the BSP, so that numbers can be shared. @default true */
  readonly inSolution?: boolean | undefined;
}

/** What another Solution Partner makes its Graph calls with. */
export interface AddedPartner {
  readonly businessId: string;
  readonly systemUserToken: string;
}

/** Which tokens of a customer end, and why. */
export interface TokenRevocation {
  readonly businessId: string;
  /** Tells the error's subcode: 458, 460, 467, or 463 for `expired`. @default 'app_removed' */
  readonly reason?: TokenEnd | undefined;
}

/** What a test can do to other partners and to customers' tokens. */
export interface PartnerControl {
  /** Puts another Solution Partner into the world, with a system user token of its own. */
  addPartner(partner?: NewPartner): AddedPartner;
  /** Ends the good tokens of a customer's business and returns how many. Throws RangeError when there is none. */
  revokeToken(revocation: TokenRevocation): number;
}

/** The typed controls over partners and tokens. */
export function createPartnerControl(deps: Simulation): PartnerControl {
  return {
    addPartner({ name, inSolution = true } = {}) {
      const { businessId, systemUserToken } = addPartner(deps, {
        name: name ?? `Partner ${deps.world.partners.size + 1}`,
        inSolution,
      });
      return { businessId, systemUserToken };
    },
    revokeToken: ({ businessId, reason = 'app_removed' }) => endTokens(momentOf(deps), businessId, reason),
  };
}
