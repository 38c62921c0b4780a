import { actOnClaim, withClaimOptions, type ClaimCommandOptions } from '../../claims/claim-command.ts';
import { claimArgument } from '../../claims/find-claim.ts';
import { examples, type AddCommand } from '../../command-context.ts';

/** `claims retry`. */
export const addClaimsRetry: AddCommand = (claims, context) => {
  const command = claims
    .command('retry')
    .description('have a claim tried again, now: the servers do the work')
    .argument(...claimArgument);
  withClaimOptions(command)
    .addHelpText('after', examples('claims retry "+1 555-010-0001"', 'claims retry customer-17'))
    .action(
      context.ends((given: string, options: ClaimCommandOptions) =>
        actOnClaim(context, given, options, async ({ signup, id, who }) => {
          const after = await signup.claims.retry(id, who);
          const said = `The claim is ${after.status}, and is tried again by the servers. Look at it with: embedded-signup claims show ${id}`;
          return { after, said };
        }),
      ),
    );
};
