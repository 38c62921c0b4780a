import { historyView, operatorClaimView } from '../../../http/claim-view.ts';
import { claimArgument, findClaim } from '../../claims/find-claim.ts';
import { printClaim } from '../../claims/print-claim.ts';
import {
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';

/** `claims show`. */
export const addClaimsShow: AddCommand = (claims, context) => {
  claims
    .command('show')
    .description('print all that is known of a claim, and its history')
    .argument(...claimArgument)
    .option(...configOption)
    .option(...jsonOption)
    .addHelpText('after', examples('claims show "+1 555-010-0001"', 'claims show customer-17 --json'))
    .action(
      context.ends((given: string, { config, json }: ConfigOption & { json?: boolean }) =>
        withSignup(context, config, async ({ signup, now }) => {
          const claim = await findClaim(signup.claims, given);
          const history = await signup.claims.history(claim.id);
          if (json) {
            context.terminal.out(
              JSON.stringify({
                claim: operatorClaimView(claim),
                history: history.map(historyView),
                // Once Meta has said what is true, what the page said is of no use any more.
                ...(claim.provenAt === undefined ? { hearsay: claim.eventData } : {}),
              }),
            );
          } else {
            printClaim(context, { claim, history, now: now() });
          }
          return exitCodes.done;
        }),
      ),
    );
};
