import { operatorClaimView } from '../../../http/claim-view.ts';
import { claimArgument, findClaim } from '../../claims/find-claim.ts';
import {
  asOption,
  configOption,
  examples,
  jsonOption,
  type AddCommand,
  type ConfigOption,
} from '../../command-context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { withSignup } from '../../open-signup.ts';
import { whoActs } from '../../who-acts.ts';

interface RetryOptions extends ConfigOption {
  as?: string;
  json?: boolean;
}

/** `claims retry`. */
export const addClaimsRetry: AddCommand = (claims, context) => {
  claims
    .command('retry')
    .description('have a claim tried again, now: the servers do the work')
    .argument(...claimArgument)
    .option(...configOption)
    .addOption(asOption())
    .option(...jsonOption)
    .addHelpText('after', examples('claims retry "+1 555-010-0001"', 'claims retry customer-17'))
    .action(
      context.ends((given: string, { config, as, json }: RetryOptions) => {
        const who = whoActs(as, context);
        return withSignup(context, config, async ({ signup }) => {
          const { id } = await findClaim(signup.claims, given);
          const after = await signup.claims.retry(id, who);
          if (json) context.terminal.out(JSON.stringify(operatorClaimView(after)));
          context.terminal.say(
            `The claim is ${after.status}, and is tried again by the servers. Look at it with: embedded-signup claims show ${id}`,
          );
          return exitCodes.done;
        });
      }),
    );
};
