import { GraphError } from '../../ports/graph-error.ts';
import { checkOf, finding } from '../check.ts';
import { needsBusiness } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';

/** The token sees the portfolio that the options name. */
export const checkBusiness = checkOf('business', needsBusiness, async ({ facts, options }) => {
  const { businessId } = options.meta;
  try {
    await facts.business();
    return { seen: `${businessId} can be read` };
  } catch (error) {
    if (!(error instanceof GraphError) || isTrouble(error)) throw error;
    return {
      seen: '',
      findings: [
        finding(
          'business_not_seen',
          `${businessId} cannot be read`,
          `Compare meta.businessId (META_BUSINESS_ID) with Business settings ▸ Business info ▸ Business portfolio ID, and make the token in that same portfolio: Business settings ▸ Users ▸ System users. Meta said: ${error.reason}.`,
        ),
      ],
    };
  }
});
