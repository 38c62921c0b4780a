import { GraphError } from '../../ports/graph-error.ts';
import { checkOf, finding } from '../check.ts';
import { needsBusiness } from '../facts.ts';
import { isTrouble } from '../is-trouble.ts';
import { Waits } from '../waits.ts';

/** The portfolio may hold pre-verified numbers, and the token's user may manage them. */
export const checkPoolAccess = checkOf('pool_access', needsBusiness, async ({ facts, options }) => {
  const { businessId } = options.meta;
  // Of a portfolio that is not ours Meta says the same, so that is looked at first.
  await facts.business().catch((error: unknown) => {
    throw error instanceof GraphError && !isTrouble(error) ? new Waits('business') : error;
  });
  try {
    if (await facts.mayHoldNumbers()) return { seen: `${businessId} may hold them` };
  } catch (error) {
    if (!(error instanceof GraphError) || isTrouble(error)) throw error;
    return {
      seen: '',
      findings: [
        finding(
          'pool_not_admin',
          'refused',
          `Make the system user an admin of the portfolio: Business settings ▸ Users ▸ System users ▸ Add ▸ role Admin, and make its token anew. If it is one already: only an approved Solution Partner may hold pre-verified numbers. Meta said: ${error.reason}.`,
        ),
      ],
    };
  }
  return {
    seen: '',
    findings: [
      finding(
        'pool_not_eligible',
        'the business may not hold them',
        `Only an approved Solution Partner may hold pre-verified numbers: apply in App Dashboard ▸ WhatsApp ▸ Partner onboarding with portfolio ${businessId}, or have your Solution Partner share numbers with you.`,
      ),
    ],
  };
});
